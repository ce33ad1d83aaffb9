"""The losses, as pure functions."""

from __future__ import annotations

import torch  # noqa: TID253 - the trainer's command line imports this module only to train
from torch import Tensor  # noqa: TID253


def caption_loss(
    images: Tensor, captions: Tensor, own: Tensor, same: Tensor, temperature: float | Tensor
) -> Tensor:
    """InfoNCE from image to caption; a caption that is also true is no negative.

    Each image is pulled to its own caption and pushed from the captions of other relations. Equal
    captions and other wordings of its relation are left out of the denominator: they are true of
    the image as well, and to push it from them would contradict the pull.

    Args:
        images: float ``[b, d]``, rows of norm 1.
        captions: float ``[m, d]``, rows of norm 1.
        own: int ``[b]``, index of each image's own caption.
        same: bool ``[b, m]``, whether a caption is true of an image; the own one may be marked.
        temperature: Divides the cosines.

    Returns:
        The mean over the batch; ``log m`` if nothing is told apart and no caption is shared.
    """
    logits = images @ captions.T / temperature
    positive = logits.gather(1, own[:, None])
    negatives = logits.masked_fill(same.scatter(1, own[:, None], True), -torch.inf)
    return (torch.logsumexp(torch.cat([positive, negatives], 1), 1) - positive[:, 0]).mean()


def pair_loss(
    images: Tensor, captions: Tensor, same: Tensor, scale: Tensor, *, symmetric: bool
) -> Tensor:
    """InfoNCE over a batch of images with a caption each (method.md, "relsim").

    Args:
        images: float ``[b, d]``, rows of norm 1.
        captions: float ``[b, d]``, rows of norm 1; caption i is that of image i.
        same: bool ``[b, b]``, captions that are no negatives of each other's images; see
            `equal_captions`.
        scale: float ``[1]``, 1 / temperature.
        symmetric: Also from caption to image, as CLIP does; the mean of both then.

    Returns:
        ``log b`` if nothing is told apart and no two captions are the same.
    """
    own = torch.arange(len(images), device=images.device)
    loss = caption_loss(images, captions, own, same, 1.0 / scale)
    if symmetric:
        loss = (loss + caption_loss(captions, images, own, same.T, 1.0 / scale)) / 2
    return loss


def equal_captions(captions: Tensor, threshold: float) -> Tensor:
    """Which captions say the same: no image is to be pushed from another's wording of its own.

    Args:
        captions: float ``[b, d]``, rows of norm 1.
        threshold: Least cosine; above 1 each caption is only itself, as in the released code.

    Returns:
        bool ``[b, b]``, true on the diagonal.
    """
    # Equal rows may have a cosine of a rounding less than 1.
    near = captions @ captions.T >= threshold - 1e-6
    return near | torch.eye(len(captions), dtype=torch.bool, device=captions.device)


def group_loss(images: Tensor, relations: Tensor, temperature: float) -> Tensor:
    """Supervised contrastive loss among images: those of one relation attract each other.

    Args:
        images: float ``[b, d]``, rows of norm 1.
        relations: int ``[b]``.
        temperature: Divides the cosines.

    Returns:
        The mean over images that share their relation with another one; 0 if there are none.
        ``log (b - 1)`` if nothing is told apart.
    """
    itself = torch.eye(len(images), dtype=torch.bool)
    logits = (images @ images.T / temperature).masked_fill(itself, -torch.inf)
    positives = (relations[:, None] == relations[None]) & ~itself
    count = positives.sum(1)
    log_share = logits - torch.logsumexp(logits, 1, keepdim=True)
    per_image = -log_share.masked_fill(~positives, 0.0).sum(1) / count.clamp(min=1)
    anchors = count > 0
    return (per_image * anchors).sum() / anchors.sum().clamp(min=1)
