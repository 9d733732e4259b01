// Duty: what is shown when a page breaks, is outdated or does not exist. Errors of requests are shown by the pages themselves.
import { Button } from '@mantine/core';
import { Compass, RefreshCw, TriangleAlert } from 'lucide-react';
import { Link, useRouteError } from 'react-router';
import { useSay } from '../lib/i18n.tsx';
import { Page } from '../ui/Page.tsx';
import { useTabTitle } from '../ui/PageHead.tsx';
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

/** A part of the program that the server no longer has: it was renewed while this page was open. */
const isOutdated = (error: unknown) =>
  error instanceof TypeError &&
  /dynamically imported module|importing a module|module script/i.test(error.message);

export function ErrorPage() {
  const say = useSay();
  const outdated = isOutdated(useRouteError());
  useTabTitle(say(outdated ? 'page.outdated' : 'page.failed'));
  return (
    <Page>
      <EmptyState
        whole
        icon={outdated ? RefreshCw : TriangleAlert}
        title={say(outdated ? 'page.outdated' : 'page.failed')}
        text={say(outdated ? 'page.outdatedText' : 'page.failedText')}
        action={<Button onClick={() => location.reload()}>{say('page.reload')}</Button>}
      />
    </Page>
  );
}
