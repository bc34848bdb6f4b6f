import { html, Markup } from "./markup.ts";
import { pageStyle } from "./page-style.ts";

/**
 * A page in one file that opens from disk, runs no script and loads nothing.
 * @param style beside what all pages look like
 */
export function page(title: string, style: string, body: Markup): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(pageStyle + style)}</style>
</head>
<body>
${body}
</body>
</html>
`.text;
}
