// Duty: the browser's entry: first language, design, providers, router. Nothing else acts on import.
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './ui/fonts.css';
import './ui/base.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { locales } from '../shared/i18n.ts';
import { makeRouter } from './app/routes.tsx';
import { languageOfDevice, loadSpeaker, SpeakerProvider } from './lib/i18n.tsx';
import { LiveProvider } from './lib/live.tsx';
import { OutboxProvider } from './lib/offline.tsx';
import { makeQueryClient } from './lib/queryClient.ts';
import { SessionProvider } from './lib/session.tsx';
import { applyDesign, design, schemeKeeper } from './ui/design.ts';

applyDesign();
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
      <Notifications position="bottom-center" />
      <QueryClientProvider client={makeQueryClient()}>
        <SpeakerProvider first={speaker}>
          <SessionProvider>
            <OutboxProvider>
              <LiveProvider>
                <RouterProvider router={makeRouter()} />
              </LiveProvider>
            </OutboxProvider>
          </SessionProvider>
        </SpeakerProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
