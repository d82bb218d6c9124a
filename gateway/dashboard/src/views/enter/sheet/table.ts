// Text of a spreadsheet's clipboard as rows of cells: parted by tabs (or commas), cells in quotes may hold breaks.

const SEPARATORS = ['\t', ',', ';', '；'];

/** The separator of a text: the tab where its first line has one, else what stands there most. */
export function separatorOf(text: string): string {
  const line = text.slice(0, Math.max(0, text.search(/\r?\n/)) || undefined);
  const count = (sign: string) => line.split(sign).length;
  if (line.includes('\t')) return '\t';
  return SEPARATORS.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** Rows of cells; a quote opens a cell only at its beginning, two quotes inside are one. Empty rows are left out. */
export function parseTable(text: string, separator = separatorOf(text)): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.some((one) => one.trim() !== '')) rows.push(row);
    row = [];
    cell = '';
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (sign === '"' && cell === '') {
      quoted = true;
    } else if (sign === separator) {
      row.push(cell);
      cell = '';
    } else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && text[at + 1] === '\n') at++;
      endRow();
    } else {
      cell += sign;
    }
  }
  endRow();
  return rows;
}
