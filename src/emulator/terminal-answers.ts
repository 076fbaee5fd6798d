// What the last real terminal answered to a program's questions, so that the same is said while none is attached.

/** Answers that are worth remembering; each keeps its text by what it answers. */
const answers: readonly { pattern: RegExp; key: (match: RegExpMatchArray) => string }[] = [
  { pattern: /\x1b\[(?:\?[\d;]+)c/g, key: () => 'DA1' },
  { pattern: /\x1b\[>[\d;]+c/g, key: () => 'DA2' },
  { pattern: /\x1bP!\|[\dA-Fa-f]+\x1b\\/g, key: () => 'DA3' },
  { pattern: /\x1bP>\|[^\x1b\x07]*\x1b\\/g, key: () => 'XTVERSION' },
  {
    pattern: /\x1bP[01]\+r([\dA-Fa-f]+)(?:=[\dA-Fa-f]*)?\x1b\\/g,
    key: (match) => `XTGETTCAP ${match[1]?.toUpperCase()}`,
  },
  { pattern: /\x1b\]4;(\d+);[^\x1b\x07]+(?:\x1b\\|\x07)/g, key: (match) => `OSC 4;${match[1]}` },
  { pattern: /\x1b\](1[0-2]|17|19);[^\x1b\x07]+(?:\x1b\\|\x07)/g, key: (match) => `OSC ${match[1]}` },
  { pattern: /\x1b\[\?997;[12]n/g, key: () => 'scheme' },
];

/** Bytes of one answer at most; longer ones are no answer of a terminal. */
const maxAnswerBytes = 256;

/** Answers kept at most: 256 colours and the rest. */
const maxAnswers = 512;

/** What every one of them begins with: input without it, which is nearly all, costs one search. */
const escapeByte = 0x1b;

export class TerminalAnswers {
  readonly #texts = new Map<string, string>();

  /** Takes note of what a terminal sent; what is no answer, or `isPrograms` by its key, is passed over. */
  learn(bytes: Uint8Array, isPrograms: (key: string) => boolean = () => false): void {
    if (!bytes.includes(escapeByte)) return;
    const text = String.fromCharCode(...bytes.subarray(0, 16 * maxAnswerBytes));
    for (const { pattern, key } of answers) {
      for (const match of text.matchAll(pattern)) {
        if (!isPrograms(key(match))) this.#keep(key(match), match[0]);
      }
    }
  }

  /** The answer as the terminal gave it, or undefined while none has. Keys: `DA1`, `XTGETTCAP 544E`, `OSC 4;1`, ... */
  answerTo(key: string): string | undefined {
    return this.#texts.get(key);
  }

  #keep(key: string, text: string): void {
    if (text.length > maxAnswerBytes) return;
    if (this.#texts.size >= maxAnswers && !this.#texts.has(key)) return;
    this.#texts.set(key, text);
  }
}
