// Bytes and text, both ways.

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const textOf = (...pieces: Uint8Array[]): string => Buffer.concat(pieces).toString();
