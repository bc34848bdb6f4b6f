/** The style sheet of the gradebook: a table with a panel beside it on the screen, all of it in order on paper. */
export const gradebookStyle = `
.stands-for { color: var(--soft); }
.outcome { font-size: 1.1rem; font-weight: 600; }
.met { --tone: var(--green); --tint: var(--green-paper); }
.not-met { --tone: var(--red); --tint: var(--red-paper); }
.ask { --tone: var(--amber); --tint: var(--amber-paper); }
.not-seen { --tone: var(--grey); --tint: var(--grey-paper); }
.verdict { color: var(--tone); font-weight: 600; white-space: nowrap; }
.since { display: block; font-weight: 400; font-style: italic; }
.table { overflow-x: auto; margin-top: 1.5rem; }
table { border-collapse: separate; border-spacing: 3px; width: 100%; table-layout: fixed; min-width: 66rem; }
thead th:first-child[rowspan] { width: 11rem; }
caption { text-align: left; font-size: 1.15rem; font-weight: 600; padding: 0 0 .4rem; }
th { text-align: left; font-weight: 600; padding: .35rem .5rem; vertical-align: bottom; }
thead th { background: var(--shade); border-radius: .25rem; }
thead th.success { font-weight: 400; font-size: .85rem; color: var(--soft); }
tbody th { vertical-align: middle; position: sticky; left: 0; background: var(--paper); overflow-wrap: anywhere; }
tbody th small { display: block; font-weight: 400; }
td { padding: 0; background: var(--tint); border-radius: .25rem; height: 1px; }
td a { display: flex; flex-direction: column; gap: .25rem; justify-content: center; height: 100%; padding: .4rem .5rem; text-decoration: none; }
td a:hover, td a:focus-visible, td:has(a:focus-visible) { outline: 2px solid var(--tone); border-radius: .25rem; }
.thumbnails { display: flex; gap: .2rem; }
.thumbnails img { width: 2.6rem; height: 2.6rem; object-fit: cover; border-radius: .2rem; background: #000; }
.student { margin-top: 2.5rem; }
.title { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; }
.title h2 { margin: 0; font-size: 1.35rem; overflow-wrap: anywhere; }
.close { white-space: nowrap; text-decoration: none; display: none; }
article { border-left: .3rem solid var(--tone); padding: .1rem 0 .1rem .9rem; margin: 1.1rem 0; break-inside: avoid; overflow-wrap: anywhere; }
article:target { background: var(--tint); outline: .5rem solid var(--tint); }
h3 { font-size: 1rem; margin: 0 0 .1rem; }
.stands-for { font-size: .88rem; margin: 0 0 .35rem; }
.next b, .question b { color: var(--tone); }
.answer { display: block; padding-left: 1.2rem; text-indent: -1.2rem; }
.answer::before { content: "→ "; color: var(--soft); }
dl { margin: .4rem 0 0; font-size: .88rem; color: var(--soft); }
dl div { display: grid; grid-template-columns: 8.5rem 1fr; gap: .6rem; }
dt { overflow-wrap: normal; }
dd { margin: 0; color: var(--ink); }
.evidence { display: flex; flex-wrap: wrap; gap: .7rem 1.2rem; margin: .5rem 0 0; }
.pictures { display: flex; flex-wrap: wrap; gap: .7rem; }
.evidence dl { flex: 1 1 20rem; margin: 0; }
figure { margin: 0; max-width: 11rem; }
figure img { display: block; max-width: 100%; height: 8.5rem; object-fit: contain; border-radius: .25rem; }
figcaption { font-size: .8rem; color: var(--soft); }
@media screen {
  @supports selector(:has(*)) {
    .student { display: none; }
    .student:target, .student:has(:target) {
      display: block; position: fixed; inset: 0 0 0 auto; width: min(46rem, 100vw); margin: 0; padding: 0 1.5rem 3rem;
      overflow-y: auto; scroll-padding-top: 5rem; background: var(--paper); border-left: 1px solid var(--line); box-shadow: -.5rem 0 2rem rgb(0 0 0 / .18);
      z-index: 2;
    }
    .title { position: sticky; top: 0; padding: 1rem 0 .6rem; background: var(--paper); border-bottom: 1px solid var(--line); z-index: 1; }
    .close { display: inline; }
  }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  html { font-size: 9.5pt; }
  body { padding: 0; font-size: 9.5pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h1 { font-size: 16pt; }
  .table { overflow: visible; margin-top: 4mm; break-inside: avoid; }
  .table:has(tbody tr:nth-child(12)) { break-inside: auto; }
  table { border-spacing: 2px; font-size: 8pt; min-width: 0; }
  th { padding: 1mm 1.5mm; }
  td a { padding: 1mm 1.5mm; }
  thead th:first-child[rowspan] { width: 38mm; }
  thead th.success { font-size: 7.5pt; }
  tbody th { position: static; }
  tr { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
  .thumbnails img { width: 8mm; height: 8mm; }
  .student { break-before: page; margin: 0; columns: 2; column-gap: 10mm; font-size: 9pt; }
  .title, .student > .about { column-span: all; }
  article { margin: 0 0 4mm; }
  article:target { background: none; outline: none; }
  .evidence { flex-wrap: nowrap; }
  .evidence:has(figure + figure) { flex-wrap: wrap; }
  figure { max-width: 34mm; }
  figure img { height: 24mm; }
  dl div { grid-template-columns: 25mm 1fr; gap: 2mm; }
}
`;
