import { existsSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { isAlive } from './support/processes.ts';
import { script, showKeys } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import type { TestTerminal } from './support/screen.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

/** Milliseconds a take-over may last, a second client's start included. */
const atOnceMs = 1_000;

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

describe('the newest client wins', () => {
  it('and the old one prints one line that says who took over and when', async () => {
    const old = sandbox.terminal(['new', 'work', '--', ...showKeys]);
    await old.waitFor(/READY/);
    const next = sandbox.terminal(['attach', 'work']);
    await next.waitFor(/READY/);
    expect((await old.waitForExit()).signal).toBe(null);
    const { attached } = await sandbox.session('work');
    expect(attached?.pid).toBe(next.pty.pid);
    const told = old.history().filter((line) => /taken over/.test(line));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('work');
    expect(told[0]).toContain(attached?.tty);
    expect(told[0]).toMatch(/\b\d\d:\d\d/);
  });

  it('and the old one is told the address that the new one comes from', async () => {
    const old = sandbox.terminal(['new', 'work', '--', ...showKeys]);
    await old.waitFor(/READY/);
    const next = sandbox.terminal(['attach', 'work'], { env: { SSH_CONNECTION: '203.0.113.7 50022 10.0.0.1 22' } });
    await old.waitForExit();
    expect(old.text()).toMatch(/taken over.*203\.0\.113\.7/);
    await next.waitFor(/READY/);
    expect((await sandbox.session('work')).attached?.from).toBe('203.0.113.7');
  });

  it('and the shell of the old one is usable again', async () => {
    const shell = await sandbox.shell();
    await shell.type(
      'stay new work -- bash -c "stty raw -echo; printf \'\\e[?1049h\\e[?1003h\\e[?25lREADY\'; sleep 4000"\r',
    );
    await shell.waitFor(/READY/);
    await shell.waitFor(() => shell.isAlternate());
    const next = sandbox.terminal(['attach', 'work']);
    await shell.waitFor(/taken over.*\nprompt> ?$/);
    expect(shell.snapshot()).toMatchObject({
      isAlternate: false,
      cursor: { isVisible: true },
      modes: { mouseTrackingMode: 'none' },
    });
    await shell.type('echo typing-$((1 + 1))\r');
    await shell.waitFor(/^typing-2$/m);
    await next.waitFor(/READY/);
  });

  it('also while the old one is stopped, at once', async () => {
    const old = sandbox.terminal(['new', 'work', '--', ...showKeys]);
    await old.waitFor(/READY/);
    old.pty.kill('SIGSTOP');
    const startedAt = performance.now();
    const next = sandbox.terminal(['attach', 'work']);
    await next.type('typed');
    await next.waitFor(/typed/);
    expect(performance.now() - startedAt).toBeLessThan(atOnceMs);
    old.pty.kill('SIGCONT');
    await old.waitForExit();
    expect(old.text()).toMatch(/taken over/);
    await next.type(' more');
    await next.waitFor(/typed more/);
  });

  it('also while the old one is stopped in the middle of a flood, which goes on', async () => {
    const go = sandbox.freshPath('go');
    const flood = `echo READY; until [ -e ${go} ]; do sleep 0.02; done; seq -f 'line %.0f' 1 1500000; echo THE-END; sleep 4000`;
    const old = sandbox.terminal(['new', 'work', '--', ...script(flood)]);
    await old.waitFor(/READY/);
    old.pty.kill('SIGSTOP');
    const before = (await sandbox.session('work')).lastOutputAt ?? 0;
    writeFileSync(go, '');
    await sandbox.waitForSession('work', (one) => (one.lastOutputAt ?? 0) > before);
    const startedAt = performance.now();
    const next = sandbox.terminal(['attach', 'work']);
    await next.waitFor(/line \d+|THE-END/);
    expect(performance.now() - startedAt).toBeLessThan(atOnceMs);
    await next.waitFor(/line 1500000\nTHE-END/, { timeoutMs: 30_000 });
    old.pty.kill('SIGCONT');
    await old.waitForExit();
    expect(old.text()).toMatch(/taken over/);
  });

  it('also while the terminal of the old one takes no output', async () => {
    const old = sandbox.terminal([
      'new',
      'work',
      '--',
      ...script('echo READY; read -r; seq -f "line %.0f" 1 300000; echo THE-END; sleep 4000'),
    ]);
    await old.waitFor(/READY/);
    old.pty.pause();
    await old.type('\r');
    await sandbox.waitForSession('work', (one) => (one.lastOutputAt ?? 0) > one.createdAt + 100);
    const startedAt = performance.now();
    const next = sandbox.terminal(['attach', 'work']);
    await next.waitFor(/line \d+|THE-END/);
    expect(performance.now() - startedAt).toBeLessThan(atOnceMs);
    await next.waitFor(/line 300000\nTHE-END/, { timeoutMs: 30_000 });
    old.pty.resume();
    await old.waitForExit();
    expect(old.text()).toMatch(/taken over/);
  });
});

describe('ten clients that fight for one session', () => {
  it('end with exactly one holder, and no output is lost', async () => {
    const stop = sandbox.freshPath('stop');
    const counter = `i=0; until [ -e ${stop} ]; do i=$((i + 1)); echo "line $i"; read -rt 0.002 < /dev/null; sleep 0.002; done; echo "THE-END $i"; sleep 4000`;
    await sandbox.runOk(['new', '-d', 'work', '--', ...script(counter)]);
    const clients = Array.from({ length: 10 }, () => sandbox.terminal(['attach', 'work']));
    await waitUntil(
      () => clients.filter((one) => isAlive(one.pty.pid)).length === 1,
      () => describeAll(clients),
      { timeoutMs: 20_000 },
    );
    writeFileSync(stop, '');
    const holder = clients.find((one) => isAlive(one.pty.pid)) as TestTerminal;
    await holder.waitFor(/THE-END \d+/);
    const session = await sandbox.session('work');
    expect(session.attached?.pid).toBe(holder.pty.pid);
    const last = Number(/THE-END (\d+)/.exec(holder.text())?.[1]);
    const seen = holder
      .history()
      .flatMap((line) => /^line (\d+)$/.exec(line)?.[1] ?? [])
      .map(Number);
    const first = seen[0] ?? 0;
    expect(seen).toEqual(Array.from({ length: last - first + 1 }, (_, index) => first + index));
    for (const one of clients) if (one !== holder) await expectTakenOver(one);
    expect(existsSync(stop)).toBe(true);
  });

  async function expectTakenOver(client: TestTerminal): Promise<void> {
    await client.waitForExit();
    expect(client.history().filter((line) => /taken over/.test(line))).toHaveLength(1);
  }

  function describeAll(clients: readonly TestTerminal[]): string {
    return clients.map((one, index) => `client ${index}, alive: ${isAlive(one.pty.pid)}\n${one.text()}`).join('\n');
  }
});
