import { describe, expect, it } from 'vitest';
import { ShownOutput } from '../../src/client/shown-output.ts';
import { bytesOf, textOf } from '../support/bytes.ts';

/** Shown output on a terminal that takes what it is given once `flow` is called; before that it takes one write. */
function blockedOutput() {
  let written = '';
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const output = new ShownOutput({
    writeNow: () => 0,
    write: (bytes) => {
      written += textOf(bytes);
      return gate;
    },
    onTaken: () => {},
    onFull: () => {},
    onReady: () => {},
    onError: (error) => {
      throw error;
    },
  });
  return {
    output,
    get written() {
      return written;
    },
    get restoration() {
      return textOf(output.restoration);
    },
    async flow() {
      open();
      await output.finished();
    },
  };
}

describe('what undoes what is shown', () => {
  it('is of use from when the terminal has that', async () => {
    const test = blockedOutput();
    test.output.restoredBy(bytesOf('<undo paint>'));
    expect(test.restoration).toBe('');
    test.output.show(bytesOf('paint'));
    expect(test.restoration).toBe('<undo paint>');
    test.output.show(bytesOf(' and modes'));
    test.output.restoredBy(bytesOf('<undo modes>'));
    expect(test.restoration).toBe('<undo paint>');
    await test.flow();
    expect(test.restoration).toBe('<undo modes>');
  });

  it('is of no use where what it undoes is dropped, or was missed', async () => {
    const test = blockedOutput();
    test.output.show(bytesOf('one'));
    test.output.restoredBy(bytesOf('<undo one>'));
    test.output.show(bytesOf(' two'));
    test.output.restoredBy(bytesOf('<undo two>'));
    test.output.drop();
    test.output.restoredBy(bytesOf('<undo three>'));
    await test.flow();
    expect([test.written, test.restoration]).toEqual(['one', '<undo one>']);
  });

  it('is written once when all begins again, and that of a paint which never comes never', async () => {
    const test = blockedOutput();
    test.output.show(bytesOf('one'));
    test.output.restoredBy(bytesOf('<undo one>'));
    test.output.beginAgain();
    test.output.restoredBy(bytesOf('<undo paint>'));
    await test.flow();
    expect([test.written, test.restoration]).toEqual(['one<undo one>', '']);
    test.output.beginAgain();
    test.output.show(bytesOf(' two'));
    await test.flow();
    expect([test.written, test.restoration]).toEqual(['one<undo one> two', '']);
  });
});

it('tells whether anything was shown', () => {
  const { output } = blockedOutput();
  output.restoredBy(bytesOf('<undo>'));
  expect(output.hasShown).toBe(false);
  output.show(bytesOf('x'));
  expect(output.hasShown).toBe(true);
});
