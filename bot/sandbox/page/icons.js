// The page's few icons, drawn with strokes in the colour of the text around them.

const SVG = "http://www.w3.org/2000/svg";

const STROKES = {
  attach:
    "M17 7.5 9.2 15.3a2.2 2.2 0 0 0 3.1 3.1l8-8a4.3 4.3 0 0 0-6-6.1l-8.2 8.2a6.3 6.3 0 0 0 8.9 9L20 16.4",
  slash:
    "M7 3.5h10a3.5 3.5 0 0 1 3.5 3.5v10a3.5 3.5 0 0 1-3.5 3.5H7A3.5 3.5 0 0 1 3.5 17V7A3.5 3.5 0 0 1 7 3.5ZM14 8l-4 8",
  send: "M4 4.5 21 12 4 19.5 6.5 12ZM6.5 12H13",
  save: "M5 12.5 10 17.5 19.5 7",
  cancel: "M6 6 18 18M18 6 6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  down: "M6 9.5 12 15.5 18 9.5",
  back: "M15 5 8 12 15 19",
  group:
    "M9 11.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM3 19c.4-3.3 2.7-5 6-5s5.6 1.7 6 5M15.5 11.500a3 3 0 1 0-1.2-5.700M17 14.400c2.3.5 3.7 2 4 4.6",
  channel: "M4 10v4l4 .5L17 19V5L8 9.500ZM8 14.5 9 20M20 10.500v3",
  comment: "M4 5.500h16v10.500h-8l-4.5 4V16H4Z",
};

/** An icon by its name. It says nothing to those who listen: its button has to. */
export function icon(name) {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("viewBox", "0 0 24 24");
  made.setAttribute("class", `drawn drawn-${name}`);
  made.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", STROKES[name]);
  made.append(path);
  return made;
}
