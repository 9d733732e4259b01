// Duty: what is shown when a page breaks, is outdated or does not exist. Errors of requests are shown by the pages themselves.
import { Button } from '@mantine/core';
import { Link, useRouteError } from 'react-router';
import { useSay } from '../lib/i18n.tsx';
import { useOnline } from '../lib/offline.tsx';
import { CloudOff, Compass, RefreshCw, TriangleAlert } from '../ui/icons.ts';
import { Page } from '../ui/Page.tsx';
import { useTabTitle } from '../ui/PageHead.tsx';
import { isMissingPart } from '../ui/PartBoundary.tsx';
import { EmptyState } from '../ui/states.tsx';
import { paths } from './paths.ts';

export function NotFound() {
  const say = useSay();
  useTabTitle(say('page.notFound'));
  return (
    <Page>
      <EmptyState
        whole
        icon={Compass}
        title={say('page.notFound')}
        text={say('page.notFoundText')}
        action={
          <Button component={Link} to={paths.home.href()}>
            {say('page.toHome')}
          </Button>
        }
      />
    </Page>
  );
}

const looks = {
  offline: { icon: CloudOff, title: 'page.offline', text: 'error.network' },
  outdated: { icon: RefreshCw, title: 'page.outdated', text: 'page.outdatedText' },
  failed: { icon: TriangleAlert, title: 'page.failed', text: 'page.failedText' },
} as const;

export function ErrorPage() {
  const say = useSay();
  const online = useOnline();
  const { icon, title, text } =
    looks[isMissingPart(useRouteError()) ? (online ? 'outdated' : 'offline') : 'failed'];
  useTabTitle(say(title));
  return (
    <Page>
      <EmptyState
        whole
        icon={icon}
        title={say(title)}
        text={say(text)}
        action={<Button onClick={() => location.reload()}>{say('page.reload')}</Button>}
      />
    </Page>
  );
}
