import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadScreen, saveScreen } from '../../src/storage/saved-screen.ts';
import { seal } from '../../src/storage/sealed-file.ts';
import { bytesOf } from '../support/bytes.ts';
import { modeOf, tempFolder } from '../support/temp-folder.ts';

const screen = { cols: 80, rows: 24, paint: bytesOf('\x1b[31mred'), savedAt: 1_700_000_000_000 };
const fileIn = (folder: string) => join(folder, 'screen.msgpack');

describe('a saved screen', () => {
  it('comes back as it was saved, private', () => {
    const folder = tempFolder();
    saveScreen(folder, screen);
    const loaded = loadScreen(folder);
    expect(loaded).toMatchObject({ cols: 80, rows: 24, savedAt: 1_700_000_000_000 });
    expect(Buffer.compare(loaded!.paint, screen.paint)).toBe(0);
    expect(modeOf(fileIn(folder))).toBe(0o600);
  });

  it('replaces the one before', () => {
    const folder = tempFolder();
    saveScreen(folder, screen);
    saveScreen(folder, { ...screen, rows: 50 });
    expect(loadScreen(folder)?.rows).toBe(50);
    expect(fs.readdirSync(folder)).toEqual(['screen.msgpack']);
  });

  it('is none when it was never saved, is damaged, or is from a newer stay', () => {
    const folder = tempFolder();
    expect(loadScreen(folder)).toBeNull();
    saveScreen(folder, screen);
    fs.truncateSync(fileIn(folder), 40);
    expect(loadScreen(folder)).toBeNull();
    fs.writeFileSync(fileIn(folder), seal('screen', 99, screen));
    expect(loadScreen(folder)).toBeNull();
    fs.writeFileSync(fileIn(folder), seal('screen', 1, { ...screen, paint: 'text' }));
    expect(loadScreen(folder)).toBeNull();
  });
});
