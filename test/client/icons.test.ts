// Duty: the file of icons holds what the browser half uses and nothing else, as the Lucide set draws it; each is silent unless it is named.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { iconsFile, iconsSource } from '../../client/makeIcons.ts';
import { House } from '../../client/ui/icons.ts';

describe('The icons', () => {
  it('are those that are imported: `npm run icons` would change nothing', () => {
    expect(readFileSync(iconsFile, 'utf8')).to.equal(iconsSource());
  });

  it('have the size and the stroke that are asked for, and are hidden from screen readers unless they are named', () => {
    const plain = renderToStaticMarkup(createElement(House));
    expect(plain).to.match(/^<svg [^>]*width="24" height="24" viewBox="0 0 24 24"[^>]* stroke-width="2"/);
    expect(plain).to.match(/aria-hidden="true"><path d="[^"]+"><\/path>/);
    const asked = { size: 18, strokeWidth: 1.5, className: 'own', 'aria-label': 'Home' };
    const named = renderToStaticMarkup(createElement(House, asked));
    expect(named).to.match(/width="18" height="18".* stroke-width="1.5".* class="own"/);
    expect(named).to.include('aria-label="Home"').and.not.include('aria-hidden');
  });
});
