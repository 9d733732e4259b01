// Duty: other users of the same machine: they can neither listen where our processes meet, nor be taken for one of them.
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { privateFolder } from '../../server/database/embedded/folder.ts';

describe('A folder in the temporary one', () => {
  let made: string;
  before(function () {
    // Windows has pipes in place of folders. On a fresh Linux all of it runs.
    if (process.platform === 'win32') this.skip();
  });
  beforeEach(() => {
    made = mkdtempSync(join(tmpdir(), 'neighbours-'));
  });
  afterEach(() => rmSync(made, { recursive: true, force: true }));

  it('is for this user alone, and taken again when it is', () => {
    rmSync(made, { recursive: true });
    expect(privateFolder(basename(made))).to.equal(made);
    expect(lstatSync(made).mode & 0o077).to.equal(0);
    expect(privateFolder(basename(made))).to.equal(made);
  });

  it('that others may look into, or that leads elsewhere, is refused', () => {
    for (const mode of [0o777, 0o750, 0o701]) {
      chmodSync(made, mode);
      expect(() => privateFolder(basename(made)), mode.toString(8)).to.throw(/not this user's alone/);
    }
    const elsewhere = join(made, 'elsewhere');
    mkdirSync(elsewhere, { mode: 0o700 });
    const link = `${made}-link`;
    symlinkSync(elsewhere, link);
    try {
      expect(() => privateFolder(basename(link))).to.throw(/not this user's alone/);
    } finally {
      rmSync(link);
    }
  });
});
