// Text as roff has it, with the macros of man(7).

const escapes: Readonly<Record<string, string>> = {
  '\\': String.raw`\(rs`,
  '-': String.raw`\-`,
  "'": String.raw`\(aq`,
  '"': String.raw`\(dq`,
  '`': String.raw`\(ga`,
  '^': String.raw`\(ha`,
  '~': String.raw`\(ti`,
};

/** `text` as it is: what roff would read as an order, or make typographic, is escaped, so that it can be copied and typed. */
export function literal(text: string): string {
  return text
    .replace(/[\\'"`^~-]/g, (character) => escapes[character]!)
    .replace(/^\./gm, String.raw`\&.`)
    .replace(
      /\P{ASCII}/gu,
      (character) => `\\[u${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`,
    );
}

/** Something to be typed. */
export function bold(text: string): string {
  return String.raw`\fB${literal(text)}\fR`;
}

/** Something that stands for what is to be typed. */
export function italic(text: string): string {
  return String.raw`\fI${literal(text)}\fR`;
}

/** A head of the page; `text` is plain. */
export function section(text: string): string {
  return `.SH ${literal(text)}\n`;
}

export function subsection(roff: string): string {
  return `.SS ${roff}\n`;
}

export function paragraph(roff: string): string {
  return `.PP\n${roff}\n`;
}

/** A term, and indented below it what is to be said of it. */
export function entry(term: string, roff: string): string {
  return `.TP\n${term}\n${roff}\n`;
}
