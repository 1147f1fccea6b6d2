// Small comforts on top of pages that work without them.
"use strict";

// The session ended: htmx would swap the login page into a part of this one.
document.addEventListener("htmx:beforeSwap", (event) => {
  const url = event.detail.xhr.responseURL;
  if (url && new URL(url).pathname.startsWith("/accounts/") && !location.pathname.startsWith("/accounts/")) {
    event.detail.shouldSwap = false;
    location.reload();
  }
});

const tell = (text) => {
  const trouble = document.getElementById("trouble");
  trouble.hidden = !text;
  trouble.querySelector("b").textContent = text;
};
document.addEventListener("htmx:sendError", () => tell(document.getElementById("trouble").dataset.away));
document.addEventListener("htmx:responseError", () => tell(document.getElementById("trouble").dataset.failed));
document.addEventListener("htmx:afterOnLoad", (event) => event.detail.successful && tell(""));

// What refreshes itself by the clock rests while nobody looks at it.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.detail.elt.matches("[data-fresh]")) event.preventDefault();
});

// The menu behind the own name closes like every menu.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".who[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(".who[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// What is asked only after another answer stands there only then: data-when="name=value".
const showWhatIsAsked = (root) => {
  for (const part of root.querySelectorAll("[data-when]")) {
    const [name, wanted] = part.dataset.when.split("=");
    const fields = [...(part.closest("form")?.elements ?? [])].filter((field) => field.name === name);
    const given = fields.filter((field) => field.type !== "radio" && field.type !== "checkbox" || field.checked);
    part.hidden = fields.length > 0 && !given.some((field) => field.value === wanted) && !part.matches(".wrong") && !part.querySelector(".wrong");
  }
};
document.addEventListener("DOMContentLoaded", () => showWhatIsAsked(document));
document.addEventListener("change", (event) => event.target.form && showWhatIsAsked(event.target.form));
document.addEventListener("htmx:afterSettle", () => showWhatIsAsked(document));

// What was typed is kept nowhere before it is sent: ask before it is lost.
let typed = false;
document.addEventListener("input", (event) => { if (event.target.closest("form[data-guard]")) typed = true; });
document.addEventListener("submit", (event) => { if (event.target.matches("form[data-guard]")) typed = false; });
addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
