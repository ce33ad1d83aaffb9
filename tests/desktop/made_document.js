// As much of a browser's document as the page's script asks for.
"use strict";

globalThis.listeners = {};
globalThis.kept = {};
globalThis.downloads = [];
globalThis.clock = 0;
globalThis.focused = "";
globalThis.refusesToKeep = false;

class Made {
  constructor(id) {
    Object.assign(this, { id, hidden: false, disabled: false, value: "", textContent: "" });
    this.handlers = {};
  }
  addEventListener(name, handler) {
    this.handlers[name] = handler;
  }
  focus() {
    globalThis.focused = this.id;
  }
  closest(selector) {
    return selector.includes(this.tag || "button") ? this : null;
  }
  click() {
    if (this.tag === "a") {
      globalThis.downloads.push([this.download, this.href]);
    } else if (!this.disabled && !this.hidden) {
      this.handlers.click({});
    }
  }
  append() {}
  remove() {}
}

const made = {};
globalThis.element = (id) => {
  made[id] = made[id] || new Made(id);
  return made[id];
};
globalThis.element("person").tag = "input";
globalThis.element("json").tag = "textarea";
globalThis.element("unkept").hidden = true;
globalThis.document = {
  body: new Made("body"),
  getElementById: globalThis.element,
  createElement: (tag) => Object.assign(new Made(tag), { tag }),
  addEventListener: (name, handler) => (globalThis.listeners[name] = handler),
};
globalThis.window = {
  addEventListener: (name, handler) => (globalThis.listeners[name] = handler),
  setTimeout: () => 0,
  localStorage: {
    getItem: (key) => (key in globalThis.kept ? globalThis.kept[key] : null),
    setItem: (key, value) => {
      if (globalThis.refusesToKeep) {
        throw new Error("full");
      }
      globalThis.kept[key] = value;
    },
  },
};
globalThis.performance = { now: () => globalThis.clock };
globalThis.Blob = function (parts) {
  this.text = parts.join("");
};
globalThis.URL = { createObjectURL: (blob) => blob.text, revokeObjectURL: () => {} };

globalThis.begin = (person) => {
  globalThis.element("person").value = person;
  globalThis.element("who").handlers.submit({ preventDefault: () => {} });
};
/** Press a key after some time; whether the browser was kept from doing its own with it. */
globalThis.press = (key, after = 1000, more = {}) => {
  globalThis.clock += after;
  let isPrevented = false;
  const target = globalThis.element(more.target || "body");
  const preventDefault = () => (isPrevented = true);
  globalThis.listeners.keydown(Object.assign({}, more, { key, target, preventDefault }));
  return isPrevented;
  return isPrevented;
};
globalThis.seen = () => ({
  sections: ["start", "ask", "end", "tools"].filter((id) => !globalThis.element(id).hidden),
  count: globalThis.element("count").textContent,
  done: globalThis.element("progress").value,
  focused: globalThis.focused,
});
