from __future__ import annotations

import pytest
import torch
from PIL import Image, ImageDraw

from trainer.backbone import (
    BASE,
    Backbone,
    ConvNorm,
    our_name,
    pretrained_backbone,
    scaled_channels,
    scaled_repeats,
)


@pytest.fixture(scope="module")
def backbone() -> Backbone:
    return pretrained_backbone()


def test_scaling_gives_the_lite2_table() -> None:
    assert [scaled_channels(stage.channels) for stage in BASE] == [16, 24, 48, 88, 120, 208, 352]
    assert [scaled_repeats(index) for index in range(len(BASE))] == [1, 3, 3, 4, 4, 5, 1]


def test_rounding_never_loses_more_than_a_tenth() -> None:
    for channels in range(8, 400):
        scaled = scaled_channels(channels, 1.0)
        assert scaled % 8 == 0
        assert scaled >= 0.9 * channels


def test_names_of_the_weights_package_are_mapped() -> None:
    assert our_name("_conv_stem.weight") == "stem.conv.weight"
    assert our_name("_blocks.7._depthwise_conv.weight") == "blocks.7.depthwise.conv.weight"
    assert our_name("_blocks.7._bn2.running_var") == "blocks.7.project.norm.running_var"
    assert our_name("_bn1.bias") == "top.norm.bias"


def test_maps_have_the_strides_that_the_head_relies_on(backbone: Backbone) -> None:
    maps = backbone(torch.zeros(2, 224, 224, 3, dtype=torch.uint8))
    assert maps.middle.shape == (2, 120, 14, 14)
    assert maps.last.shape == (2, 352, 7, 7)
    assert backbone.pool(maps.last).shape == (2, 1280)


def test_padding_is_larger_at_the_right_and_the_bottom_where_stride_is_two() -> None:
    assert ConvNorm(3, 8, 3, 1).padding == (1, 1, 1, 1)
    assert ConvNorm(3, 8, 3, 2).padding == (0, 1, 0, 1)
    assert ConvNorm(3, 8, 5, 2).padding == (1, 2, 1, 2)


def test_folding_keeps_what_the_layer_computes() -> None:
    torch.manual_seed(0)
    layer = ConvNorm(4, 6, 3).eval()
    norm = layer.norm
    assert isinstance(norm, torch.nn.BatchNorm2d)
    with torch.no_grad():
        for values in (norm.weight, norm.bias, norm.running_mean):
            assert values is not None
            values.normal_()
    x = torch.randn(2, 4, 8, 8)
    before = layer(x)
    layer.fold()
    torch.testing.assert_close(layer(x), before, atol=1e-5, rtol=1e-5)
    layer.fold()
    torch.testing.assert_close(layer(x), before, atol=1e-5, rtol=1e-5)


def test_weights_are_those_of_an_imagenet_classifier(backbone: Backbone) -> None:
    """A traffic light (class 920) is simple enough to draw, and unlike most other classes."""
    image = Image.new("RGB", (224, 224), (150, 190, 230))
    draw = ImageDraw.Draw(image)
    draw.rectangle((100, 180, 124, 224), fill=(60, 60, 60))
    draw.rounded_rectangle((72, 16, 152, 190), 12, fill=(25, 25, 25))
    for top, colour in ((26, (235, 40, 30)), (80, (250, 190, 30)), (134, (40, 200, 80))):
        draw.ellipse((88, top, 136, top + 48), fill=colour)
    pixels = torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8).view(1, 224, 224, 3)
    assert 920 in backbone.classify(pixels)[0].topk(3).indices
