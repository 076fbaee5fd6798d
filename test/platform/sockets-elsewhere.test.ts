// The same of sockets on the runtimes that these tests do not run on: see sockets.test.ts.

import { expect, it } from 'vitest';
import { hasRuntime, otherRuntimes, startModuleOn } from '../support/other-runtimes.ts';

/** Each scenario prints one line. */
const scenarios = `
import * as fs from 'node:fs';
import * as os from 'node:os';
import { connectTo, listenAt } from 'src:platform/sockets.ts';

const folder = fs.mkdtempSync(os.tmpdir() + '/stay-sockets-');
const path = folder + '/a.sock';
const far = [];
const listening = await listenAt(path, (connection) => far.push(connection));
const bytesOf = (text) => new TextEncoder().encode(text);
const until = async (isSo) => { while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2)); };
const closed = (connection) => new Promise((resolve) => connection.onClose(resolve));
async function pair() {
  const count = far.length;
  const near = await connectTo(path);
  await until(() => far.length > count);
  return { near, far: far[count] };
}
function reading(connection) {
  const state = { length: 0, text: '' };
  connection.onBytes((bytes) => {
    state.length += bytes.length;
    state.text = (state.text + new TextDecoder('latin1').decode(bytes)).slice(-40);
  });
  return state;
}
const size = 4_000_000;

{
  const both = await pair();
  both.near.write(bytesOf('to '));
  both.near.write(bytesOf('the server'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const [atFar, atNear] = [reading(both.far), reading(both.near)];
  both.far.write(bytesOf('to the client'));
  await until(() => atFar.length === 13 && atNear.length === 13);
  console.log(atFar.text, '|', atNear.text, (fs.statSync(path).mode & 0o777).toString(8));
}
{
  const both = await pair();
  let drained = 0;
  both.near.onDrain(() => drained++);
  both.far.pause();
  let sent = 1;
  while (both.near.write(new Uint8Array(65_536))) sent++;
  both.near.write(bytesOf('the end'));
  const before = drained;
  const state = reading(both.far);
  both.far.resume();
  await until(() => drained > 0 && state.length === sent * 65_536 + 7);
  console.log('drained', before, drained, state.text.slice(-7));
}
{
  const both = await pair();
  const state = reading(both.far);
  both.far.pause();
  const isTaken = both.near.write(new Uint8Array(size));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const early = state.length;
  both.far.resume();
  await until(() => state.length === size);
  console.log('paused', isTaken, early < size);
}
{
  const both = await pair();
  const state = reading(both.near);
  both.far.write(new Uint8Array(size));
  both.far.write(bytesOf('the last word'));
  both.far.end();
  await closed(both.near);
  console.log(state.length - size, state.text.slice(-13));
}
{
  const both = await pair();
  let ends = 0;
  both.far.onClose(() => ends++);
  reading(both.far);
  both.near.onClose(() => ends++);
  both.near.destroy();
  const atOnce = ends;
  await closed(both.far);
  await closed(both.far);
  both.far.end();
  both.far.destroy();
  console.log('closed', atOnce, ends, both.far.write(bytesOf('nobody hears')));
}
{
  const both = await pair();
  listening.close();
  const state = reading(both.near);
  both.far.write(bytesOf('still here'));
  await until(() => state.length === 10);
  fs.writeFileSync(folder + '/file', '');
  const absent = [await connectTo(path), await connectTo(folder + '/none'), await connectTo(folder + '/file')];
  console.log(state.text, absent.every((one) => one === null));
  fs.rmSync(folder, { recursive: true });
}
for (const connection of far) connection.destroy();
`;

it.each(otherRuntimes)('are the same on %s', async (name) => {
  if (!hasRuntime(name)) return;
  const child = startModuleOn(name, scenarios);
  expect(await child.line()).toBe('to the server | to the client 600');
  expect(await child.line()).toBe('drained 0 1 the end');
  expect(await child.line()).toBe('paused false true');
  expect(await child.line()).toBe('13 the last word');
  expect(await child.line()).toBe('closed 0 2 true');
  expect(await child.line()).toBe('still here true');
  expect(await child.ended).toBe(0);
});
