/** Contrast of text is 7:1 or more, of links 5.9:1 (WCAG 2.2 AA asks for 4.5:1). */
export const STYLE = `
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.35rem; margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 2px solid #1a1a1a; }
h3 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
a { color: #00569d; }
a.number { color: inherit; text-decoration: underline dotted #00569d; text-underline-offset: .2em; font-variant-numeric: tabular-nums; white-space: nowrap; }
a.words { color: inherit; text-decoration: underline dotted #999; text-underline-offset: .2em; }
a:focus-visible { outline: 3px solid #00569d; outline-offset: 2px; }
nav ol { columns: 18rem; padding-left: 1.5rem; }
li { margin: .35rem 0; }
.warning { border-left: .4rem solid #a33c00; background: #fff4ec; padding: .6rem .9rem; font-weight: 600; }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: #444; padding: .4rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid #ccc; }
th { border-bottom: 2px solid #666; font-weight: 600; }
th.numbers, td.numbers { text-align: right; font-variant-numeric: tabular-nums; }
figure { margin: 1.5rem 0; }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption { color: #444; font-size: .9rem; }
code { font: .85em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
table.appendix td:first-child { width: 4rem; }
tr:target { background: #fff3b0; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav { display: none; }
  a { color: inherit; }
  a.number::after { content: " [" attr(href) "]"; font-size: .65em; color: #444; }
  section, figure, tr { break-inside: avoid-page; }
  #numbers { break-before: page; }
}
`;
