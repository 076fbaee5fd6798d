import { expect, it } from 'vitest';
import { removeScreens } from '../../src/storage/remove-screens.ts';
import { memoryFiles, memoryFolder } from '../support/memory-files.ts';

const names = [
  'session.msgpack',
  'server.log',
  'screen.msgpack',
  'screen.7.msgpack',
  'screen.8.msgpack.new',
  'screen.6.msgpack.bad-1',
  'screen.6.msgpack.bad-1.txt',
  'journal.7',
  'journal.7.bad-2',
  'history.3',
];

it('everything of the screen goes, and nothing else', async () => {
  const files = memoryFiles(new Map(names.map((name) => [name, new Uint8Array([1])])));
  await removeScreens(memoryFolder, files);
  expect([...files.contents().keys()]).toEqual(['session.msgpack', 'server.log']);
  expect(files.operations.at(-1)).toBe('sync the folder');
});

it('where there is nothing, nothing is written', async () => {
  const files = memoryFiles(new Map([['session.msgpack', new Uint8Array([1])]]));
  await removeScreens(memoryFolder, files);
  expect(files.operations).toEqual([]);
});
