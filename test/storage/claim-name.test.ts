import { describe, expect, it } from 'vitest';
import { openCatalog } from '../../src/storage/catalog.ts';
import { claimName } from '../../src/storage/claim-name.ts';
import { sampleRecord } from '../support/samples.ts';
import { tempFolder } from '../support/temp-folder.ts';

function catalogWithSession(name: string) {
  const catalog = openCatalog(tempFolder());
  catalog.add(sampleRecord({ name }));
  return catalog;
}

describe('claimName', () => {
  it('lets a free name pass', () => {
    expect(() => claimName(catalogWithSession('work'), 'play')).not.toThrow();
  });

  it('refuses a name that a session has, and says how to get there', () => {
    expect(() => claimName(catalogWithSession('my work'), 'my work')).toThrow(
      expect.objectContaining({
        code: 'cannotCreate',
        message: 'Cannot name a session "my work": there is one of that name already',
        hint: "Attach to it: stay attach 'my work'",
      }),
    );
  });

  it('refuses what is no name', () => {
    expect(() => claimName(catalogWithSession('work'), 'a/b')).toThrow(
      expect.objectContaining({ code: 'usage', message: 'Cannot name a session "a/b": a slash is not allowed' }),
    );
  });
});
