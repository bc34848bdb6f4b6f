import { verdictStyle } from "../page/page-style.ts";

/** The style sheet of the overview: the sentence, the counts, and a card for each thing that is not as it should be. */
export const overviewStyle = `${verdictStyle}
body { max-width: 75rem; margin: auto; }
h1 { border-left: .4rem solid var(--tone); padding-left: .8rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .6rem; }
h3 { font-size: 1rem; margin: 0 0 .3rem; }
h2 { color: var(--tone); }
nav ul { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; padding: 0; margin: .8rem 0; list-style: none; }
nav small { display: block; }
table { border-collapse: collapse; margin-top: 1rem; }
th, td { padding: .25rem .7rem; border-bottom: 1px solid var(--line); text-align: right; font-variant-numeric: tabular-nums; }
th:first-child { text-align: left; }
thead th { font-weight: 600; vertical-align: bottom; }
tfoot { font-weight: 600; }
tfoot td.seen { font-size: 1.25rem; }
td.seen { color: var(--tone); background: var(--tint); }
article { border-left: .3rem solid var(--tone); padding: .2rem 0 .2rem .9rem; margin: 1.2rem 0; overflow-wrap: anywhere; break-inside: avoid; }
article ul, details ul { margin: .2rem 0; padding-left: 1.2rem; }
dl { margin: .4rem 0 0; }
dl div { display: grid; grid-template-columns: 6rem 1fr; gap: .6rem; }
dt { color: var(--soft); }
dd { margin: 0; white-space: pre-wrap; }
pre { margin: 0; padding: .4rem .6rem; background: var(--shade); border-radius: .25rem; white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; }
figure { margin: .6rem 0 0; }
figure img { display: block; max-width: 100%; min-height: 7rem; max-height: 24rem; image-rendering: pixelated; border: 1px solid var(--line); }
figcaption { color: var(--soft); font-size: .88rem; }
summary { cursor: pointer; }
section > ul { list-style: none; padding: 0; margin: 0; }
section > ul > li { padding: .15rem 0; }
`;
