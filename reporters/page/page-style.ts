/** What the pages of this project look like alike: ink, paper, and the width of a line. */
export const pageStyle = `
:root {
  --ink: #1c2330; --soft: #5b6675; --line: #d9dee6; --paper: #fff; --shade: #f5f7fa; --link: #1f4e8c;
  --green: #17683a; --green-paper: #e6f4ea; --red: #a4161a; --red-paper: #fde8e8;
  --amber: #7a4d00; --amber-paper: #fff3d6; --grey: #4b5563; --grey-paper: #e9ecf1;
  color-scheme: light;
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 1.5rem clamp(1rem, 3vw, 3rem) 3rem; color: var(--ink); background: var(--paper);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
h1 { font-size: 1.7rem; margin: 0 0 .5rem; }
p { margin: .3rem 0; }
code { font-size: .92em; }
a { color: var(--link); }
.about, small { color: var(--soft); }
.about { overflow-wrap: anywhere; }
.care { background: var(--amber-paper); border-left: .3rem solid #d69a1c; padding: .5rem .8rem; margin: .6rem 0; }
`;

/** The tones of the verdicts, by their classes: for text, and for the paper behind it. */
export const verdictStyle = `
.conforms { --tone: var(--green); --tint: var(--green-paper); }
.violates { --tone: var(--red); --tint: var(--red-paper); }
.warns, .inconclusive { --tone: var(--amber); --tint: var(--amber-paper); }
.not-supported, .skipped, .known { --tone: var(--grey); --tint: var(--grey-paper); }
`;
