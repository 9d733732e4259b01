// Duty: the coordinators' room of figures: where things stand today, releases, indicators with their targets. Each part is its own file.
import { Button } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useSay } from '../../lib/i18n.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { IndicatorsPart } from './IndicatorsPart.tsx';
import { NowPart } from './NowPart.tsx';
import { ReleasesPart } from './ReleasesPart.tsx';
import classes from './summaries.module.css';
import { useLiveFigures } from './useFigures.ts';

const parts = { now: NowPart, releases: ReleasesPart, indicators: IndicatorsPart };
type Part = keyof typeof parts;
const isPart = (value: string | null): value is Part => value !== null && value in parts;

export function FiguresPage() {
  const say = useSay();
  const [search] = useSearchParams();
  useLiveFigures();
  const asked = search.get('part');
  const part: Part = isPart(asked) ? asked : 'now';
  const Shown = parts[part];
  return (
    <Page>
      <PageHead
        title={say('figures.title')}
        tabTitle={say('figures.title')}
        lead={say('figures.about')}
        secondary={
          <nav className={classes.parts} aria-label={say('figures.title')}>
            {(Object.keys(parts) as Part[]).map((value) => (
              <Button
                key={value}
                component={Link}
                to={value === 'now' ? paths.figures.href() : `${paths.figures.href()}?part=${value}`}
                variant={value === part ? 'light' : 'default'}
                aria-current={value === part ? 'page' : undefined}
              >
                {say(`figures.tab.${value}`)}
              </Button>
            ))}
          </nav>
        }
      />
      <Shown />
    </Page>
  );
}
