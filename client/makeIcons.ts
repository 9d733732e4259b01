// Duty: `npm run icons`: writes ui/icons.ts, which holds the icons that the browser half imports from it and no other, out of the Lucide set. No part of the product.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface IconSet {
  icons: Record<string, { body: string }>;
  aliases: Record<string, { parent: string }>;
}

const client = import.meta.dirname;
export const iconsFile = join(client, 'ui', 'icons.ts');

/** Every name imported from icons.ts, in order. */
function namesInUse(): string[] {
  const sources = readdirSync(client, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(client, name), 'utf8'));
  const lists = sources.flatMap((text) =>
    [...text.matchAll(/import \{([^}]*)\} from '[^']*\/icons\.ts'/g)].map(([, list]) => list!),
  );
  const names = lists.flatMap((list) => list.split(',')).map((name) => name.trim().split(' as ')[0]!);
  return [...new Set(names.filter(Boolean))].sort();
}

/** As the set writes it: ChartNoAxesColumn is chart-no-axes-column, Trash2 is trash-2. */
const keyOf = (name: string) => name.replace(/(?<!^)([A-Z]|\d+)/g, '-$1').toLowerCase();

function bodyOf({ icons, aliases }: IconSet, name: string): string {
  const key = keyOf(name);
  const body = icons[key]?.body ?? icons[aliases[key]?.parent ?? '']?.body;
  if (!body) throw new Error(`Lucide has no icon ${key}`);
  return body;
}

/** What every icon has is said once, in icon.tsx. */
const common = [
  'fill="none"',
  'stroke="currentColor"',
  'stroke-linecap="round"',
  'stroke-linejoin="round"',
  'stroke-width="2"',
];
const inReact = (attribute: string) =>
  attribute.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function shapesOf(body: string): string {
  const shapes = [...body.matchAll(/<(\w+)((?: [\w-]+="[^"]*")+)\/>/g)].map(([, tag, written]) => {
    const attributes = [...written!.matchAll(/([\w-]+)="([^"]*)"/g)].filter(
      ([whole]) => !common.includes(whole),
    );
    const pairs = attributes.map(([, key, value]) => `${inReact(key!)}: '${value}'`);
    return `['${tag}', { ${pairs.join(', ')} }]`;
  });
  return shapes.join(', ');
}

/** The whole file. */
export function iconsSource(): string {
  const path = createRequire(import.meta.url).resolve('@iconify-json/lucide/icons.json');
  const set = JSON.parse(readFileSync(path, 'utf8')) as IconSet;
  const lines = namesInUse().map((name) => `export const ${name} = icon(${shapesOf(bodyOf(set, name))});`);
  return `// Duty: the icons in use, out of Lucide (ISC licence, https://lucide.dev/license). Made by \`npm run icons\` after an import; never edited.
import { icon } from './icon.tsx';

${lines.join('\n')}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(iconsFile, iconsSource());
