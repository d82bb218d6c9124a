// The server's annotated page as paragraphs and marks, to be drawn with our own components. The page itself brings its
// styles along, which the content security policy of this one forbids, in a frame too; and here marks can be clicked.

/** A run of text; `claims` are numbers from 0 of what it claims, empty for plain text. */
export interface Run {
  text: string;
  claims: number[];
}

/** One paragraph of the narrative. */
export interface Paragraph {
  heading: boolean;
  runs: Run[];
}

// Mark: <mark>8次<a href="#n1">✓1</a></mark>; its links name the claims, its other text is the quote.
function runOf(node: Node): Run {
  if (!(node instanceof Element) || node.localName !== 'mark') return {text: node.textContent ?? '', claims: []};
  const claims = [...node.querySelectorAll('a[href^="#n"]')].map((link) => Number(link.getAttribute('href')!.slice(2)) - 1);
  const text = [...node.childNodes].filter((child) => !(child instanceof Element && child.localName === 'a')).map((child) => child.textContent ?? '').join('');
  return {text, claims: claims.filter((claim) => Number.isInteger(claim) && claim >= 0)};
}

/** Reads the page; nothing of it is run or shown as HTML. */
export function readAnnotated(html: string): Paragraph[] {
  // Without its styles: a parsed document has our content security policy, which would complain of them.
  const page = new DOMParser().parseFromString(html.replace(/<style[\s\S]*?<\/style>/g, ''), 'text/html');
  return [...page.querySelectorAll('.row > p, .row > h2')].map((element) => ({
    heading: element.localName === 'h2',
    runs: [...element.childNodes].map(runOf).filter((run) => run.text !== ''),
  }));
}
