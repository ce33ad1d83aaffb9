"use strict";

// Who sees what, and what was answered. Nothing here touches the page.

/** A number of 32 bits that looks drawn by lot, the same for the same text. */
function lot(text) {
  let state = 2166136261;
  for (const character of text) {
    state = Math.imul(state ^ character.codePointAt(0), 16777619);
  }
  state = Math.imul(state ^ (state >>> 15), 739982445);
  state = Math.imul(state ^ (state >>> 12), 695872825);
  return (state ^ (state >>> 15)) >>> 0;
}

/** A name as it is kept: one line without stray spaces. */
function personName(text) {
  return text.normalize("NFC").replace(/\s+/g, " ").trim().slice(0, 80).trim();
}

/** All trials in the order and with the sides of one person. */
function orderFor(study, person) {
  const key = personName(person).toLowerCase();
  const drawn = study.trials.map((trial) => {
    const [one, other] = trial.options;
    const swap = lot(`${study.id} side ${key} ${trial.id}`) & 1;
    const place = lot(`${study.id} place ${key} ${trial.id}`);
    return { place, trial, left: swap ? other : one, right: swap ? one : other };
  });
  return drawn.sort((a, b) => a.place - b.place || (a.trial.id < b.trial.id ? -1 : 1));
}

/** One person's way through the study. */
class Session {
  constructor(study, person, answers) {
    this.study = study;
    this.person = personName(person);
    this.shown = orderFor(study, person);
    const known = new Set(study.trials.map((trial) => trial.id));
    this.answers = answers.filter((answer) => known.has(answer.trial));
  }

  /** What is to be asked now; null once all is answered. */
  get current() {
    const done = new Set(this.answers.map((answer) => answer.trial));
    return this.shown.find((shown) => !done.has(shown.trial.id)) || null;
  }

  get total() {
    return this.shown.length;
  }

  get done() {
    return this.answers.length;
  }

  /** Answer what is asked now; side is left, right or same. */
  answer(side, seconds, at) {
    const { trial, left, right } = this.current;
    const choice = side === "same" ? "same" : (side === "left" ? left : right).id;
    this.answers.push({ trial: trial.id, choice, seconds: Math.round(seconds * 1000) / 1000, at });
  }

  /** Take the newest answer back, so that it is asked again. */
  back() {
    return this.answers.pop() || null;
  }

  /** What is downloaded. */
  document() {
    return {
      format: "study-answers",
      version: 1,
      study: this.study.id,
      person: this.person,
      answers: this.answers,
    };
  }

  get fileName() {
    const readable = this.person.toLowerCase().replace(/[\s.<>:"'|?*\\/]+/g, "-");
    return `answers-${readable.replace(/^-+|-+$/g, "") || "person"}.json`;
  }
}

/** What a key means while a question is asked; null for any other key. */
function meaning(key) {
  const keys = {
    1: "left", a: "left", ArrowLeft: "left",
    2: "right", b: "right", ArrowRight: "right",
    3: "same", s: "same",
    z: "back", Backspace: "back",
  };
  return keys[key.length === 1 ? key.toLowerCase() : key] || null;
}

// The page.

function run() {
  const element = (id) => document.getElementById(id);
  const study = JSON.parse(element("study").textContent);
  const pictures = JSON.parse(element("pictures").textContent);
  const GUARD_MS = 250; // two taps of one finger are not two answers
  let session = null;
  let shownAt = 0;
  let isKept = true;
  let isDownloaded = true;

  const place = (person) => `study ${study.id} ${personName(person).toLowerCase()}`;

  function recall(person) {
    try {
      const found = JSON.parse(window.localStorage.getItem(place(person)) || "[]");
      return Array.isArray(found) ? found : [];
    } catch (_) {
      return [];
    }
  }

  function keep() {
    isDownloaded = false;
    try {
      window.localStorage.setItem(place(session.person), JSON.stringify(session.answers));
      isKept = true;
    } catch (_) {
      isKept = false;
    }
    element("unkept").hidden = isKept;
  }

  function show(name) {
    for (const section of ["start", "ask", "end"]) {
      element(section).hidden = section !== name;
    }
    element("tools").hidden = name === "start";
    element("again").hidden = name !== "end";
    element("where").hidden = name === "start";
  }

  function paint() {
    const { done, total, current } = session;
    element("progress").max = total;
    element("progress").value = done;
    element("back").disabled = done === 0;
    element("json").value = JSON.stringify(session.document());
    if (current === null) {
      element("count").textContent = `All ${total} questions are answered`;
      show("end");
      element("thanks").focus();
      return;
    }
    element("count").textContent = `Question ${done + 1} of ${total}`;
    element("query").src = pictures[current.trial.query];
    element("left-picture").src = pictures[current.left.picture];
    element("right-picture").src = pictures[current.right.picture];
    show("ask");
    shownAt = performance.now();
  }

  function act(what) {
    if (what === "back") {
      if (session.back() !== null) {
        keep();
        paint();
      }
      return;
    }
    const passed = performance.now() - shownAt;
    if (element("ask").hidden || passed < GUARD_MS) {
      return;
    }
    session.answer(what, passed / 1000, new Date().toISOString());
    keep();
    paint();
  }

  function download() {
    const text = JSON.stringify(session.document(), null, 1) + "\n";
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = session.fileName;
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(address), 60000);
    isDownloaded = true;
  }

  element("who").addEventListener("submit", (event) => {
    event.preventDefault();
    const person = personName(element("person").value);
    if (!person) {
      element("person").focus();
      return;
    }
    session = new Session(study, person, recall(person));
    paint();
    if (session.current !== null) {
      element("question").focus();
    }
  });
  for (const name of ["left", "right", "same", "back"]) {
    element(name).addEventListener("click", () => act(name));
  }
  element("again").addEventListener("click", () => act("back"));
  element("download").addEventListener("click", download);
  element("leave").addEventListener("click", () => {
    session = null;
    element("person").value = "";
    show("start");
    element("person").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (session === null || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const isFree = !event.target.closest("input, textarea, summary");
    const what = isFree ? meaning(event.key) : null;
    // A key that is held down is one answer, also Enter on a button.
    if (event.repeat && (what !== null || (isFree && ["Enter", " "].includes(event.key)))) {
      event.preventDefault();
      return;
    }
    if (what !== null) {
      event.preventDefault();
      act(what);
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isKept && !isDownloaded) {
      event.preventDefault();
    }
  });
  show("start");
  element("person").focus();
}

if (typeof document !== "undefined") {
  run();
}
