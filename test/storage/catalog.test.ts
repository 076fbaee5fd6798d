import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newId } from '../../src/platform/random.ts';
import { isId, openCatalog } from '../../src/storage/catalog.ts';
import { seal } from '../../src/storage/sealed-file.ts';
import { sampleRecord } from '../support/samples.ts';
import { modeOf, tempFolder } from '../support/temp-folder.ts';

function catalogWith(...ids: string[]) {
  const folder = tempFolder();
  const catalog = openCatalog(folder);
  for (const id of ids) catalog.add(sampleRecord({ id, name: `name of ${id}` }));
  return { folder, catalog };
}

const fileOf = (folder: string, id: string) => join(folder, id, 'session.msgpack');
const idsOf = (catalog: ReturnType<typeof openCatalog>) =>
  catalog
    .entries()
    .map(({ id }) => id)
    .sort();

describe('the catalog', () => {
  it('is empty to begin with', () => {
    expect(catalogWith().catalog.entries()).toEqual([]);
  });

  it('lists what was added', () => {
    const { catalog } = catalogWith('aaaaaaaaaa', 'bbbbbbbbbb');
    expect(idsOf(catalog)).toEqual(['aaaaaaaaaa', 'bbbbbbbbbb']);
    expect(catalog.entry('aaaaaaaaaa')).toEqual({
      kind: 'record',
      id: 'aaaaaaaaaa',
      record: sampleRecord({ id: 'aaaaaaaaaa', name: 'name of aaaaaaaaaa' }),
    });
  });

  it('keeps each session in a private folder, in a private file', () => {
    const { folder, catalog } = catalogWith('aaaaaaaaaa');
    expect(catalog.folderOf('aaaaaaaaaa')).toBe(join(folder, 'aaaaaaaaaa'));
    expect(modeOf(join(folder, 'aaaaaaaaaa'))).toBe(0o700);
    expect(modeOf(fileOf(folder, 'aaaaaaaaaa'))).toBe(0o600);
  });

  it('never makes the same session twice', () => {
    const { catalog } = catalogWith('aaaaaaaaaa');
    expect(() => catalog.add(sampleRecord({ id: 'aaaaaaaaaa' }))).toThrow(/EEXIST/);
  });

  it('replaces a record and leaves nothing else in the folder', () => {
    const { folder, catalog } = catalogWith('aaaaaaaaaa');
    catalog.save(sampleRecord({ id: 'aaaaaaaaaa', name: 'renamed' }));
    expect(catalog.entry('aaaaaaaaaa')).toMatchObject({ record: { name: 'renamed' } });
    expect(fs.readdirSync(join(folder, 'aaaaaaaaaa'))).toEqual(['session.msgpack']);
  });

  it('removes a session with everything in its folder, and nothing when there is none', () => {
    const { folder, catalog } = catalogWith('aaaaaaaaaa', 'bbbbbbbbbb');
    fs.writeFileSync(join(folder, 'aaaaaaaaaa', 'server.log'), 'words');
    catalog.remove('aaaaaaaaaa');
    catalog.remove('cccccccccc');
    expect(fs.readdirSync(folder)).toEqual(['bbbbbbbbbb']);
  });

  it('does not know a session that is not there', () => {
    expect(catalogWith().catalog.entry('aaaaaaaaaa')).toBeNull();
  });

  it('leaves out folders that are not of a session, or have no record yet', () => {
    const { folder, catalog } = catalogWith('aaaaaaaaaa');
    for (const foreign of ['lost+found', '.Trash-1000', 'AAAAAAAAAA', 'aaaaaaaaa', 'aaaaaaaaaaa', 'bbbbbbbbbb'])
      fs.mkdirSync(join(folder, foreign));
    fs.copyFileSync(fileOf(folder, 'aaaaaaaaaa'), join(folder, 'lost+found', 'session.msgpack'));
    fs.writeFileSync(join(folder, 'notes.txt'), 'mine');
    expect(idsOf(catalog)).toEqual(['aaaaaaaaaa']);
  });

  it('says of a damaged record that it cannot be read, and why', () => {
    const { folder, catalog } = catalogWith('aaaaaaaaaa', 'bbbbbbbbbb');
    fs.truncateSync(fileOf(folder, 'aaaaaaaaaa'), 20);
    expect(catalog.entry('aaaaaaaaaa')).toEqual({ kind: 'unreadable', id: 'aaaaaaaaaa', why: 'its checksum is wrong' });
    expect(idsOf(catalog)).toEqual(['aaaaaaaaaa', 'bbbbbbbbbb']);
  });

  it('leaves the record of a newer stay as it is', () => {
    const { folder, catalog } = catalogWith('aaaaaaaaaa');
    const newer = seal('session', 4, { anything: true });
    fs.writeFileSync(fileOf(folder, 'aaaaaaaaaa'), newer);
    expect(catalog.entry('aaaaaaaaaa')).toMatchObject({
      kind: 'unreadable',
      why: expect.stringContaining('newer stay (format 4)'),
    });
    expect(Buffer.compare(fs.readFileSync(fileOf(folder, 'aaaaaaaaaa')), newer)).toBe(0);
  });

  it.each([
    ['a file lies where a folder should', (place: string) => fs.writeFileSync(place, 'x')],
    [
      'a folder lies where the record should',
      (place: string) => fs.mkdirSync(join(place, 'session.msgpack'), { recursive: true }),
    ],
    ['the folder is a link that goes round', (place: string) => fs.symlinkSync(place, place)],
  ])('lists the others when %s', (_, spoil) => {
    const { folder, catalog } = catalogWith('aaaaaaaaaa');
    spoil(join(folder, 'bbbbbbbbbb'));
    expect(idsOf(catalog)).toContain('aaaaaaaaaa');
  });

  it('lets one at a time make, name or remove sessions, and leaves no lock behind', async () => {
    const { folder, catalog } = catalogWith();
    let inside = 0;
    let most = 0;
    const turns = Array.from({ length: 8 }, () =>
      catalog.exclusively(async () => {
        most = Math.max(most, ++inside);
        await Promise.resolve();
        inside--;
      }),
    );
    await Promise.all(turns);
    expect(most).toBe(1);
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

describe('an id', () => {
  it('is what newId makes, and nothing that could lead elsewhere', () => {
    for (let count = 0; count < 200; count++) expect(isId(newId())).toBe(true);
    for (const other of ['', '..', '../../etc/x', 'aaaaaaaaa\n', 'aaaaaaaaaa\n', 'aaaaa/aaaa', 'ÄAAAAAAAAA'])
      expect(isId(other)).toBe(false);
  });
});
