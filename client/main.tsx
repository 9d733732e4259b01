// Duty: the browser's entry: first language, design, providers, router. Nothing else acts on import.
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './ui/fonts.css';
import './ui/base.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { locales } from '../shared/i18n.ts';
import { makeRouter } from './app/routes.tsx';
import { languageOfDevice, loadSpeaker, SpeakerProvider } from './lib/i18n.tsx';
import { LiveProvider } from './lib/live.tsx';
import { OutboxProvider } from './lib/offline.tsx';
import { makeQueryClient } from './lib/queryClient.ts';
import { askWhoIsThere, SessionProvider } from './lib/session.tsx';
import { applyDesign, design, schemeKeeper } from './ui/design.ts';

// Shows what `notifications.show` puts in their store; nothing to see yet when a page first appears.
const Notifications = lazy(async () => ({ default: (await import('@mantine/notifications')).Notifications }));

applyDesign();
// Who is there and the page's own code come at the same time as the words.
askWhoIsThere();
const router = makeRouter();
const speaker = await loadSpeaker(languageOfDevice());
document.documentElement.lang = locales[speaker.language];

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={design}
      colorSchemeManager={schemeKeeper}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <Suspense>
        <Notifications position="bottom-center" />
      </Suspense>
      <QueryClientProvider client={makeQueryClient()}>
        <SpeakerProvider first={speaker}>
          <SessionProvider>
            <OutboxProvider>
              <LiveProvider>
                <RouterProvider router={router} />
              </LiveProvider>
            </OutboxProvider>
          </SessionProvider>
        </SpeakerProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
