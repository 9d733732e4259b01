// Duty: whom to ask: each organisation with how it fits and how busy it is. Nobody is hidden for not fitting.
import { Radio, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import type { Provider } from '../../../shared/referrals.ts';
import type { Theme } from '../../../shared/themeLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { Check, CircleAlert, CircleDashed } from '../../ui/icons.ts';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import classes from './referrals.module.css';

interface Props {
  providers: { data: Provider[] | undefined; error: unknown; refetch: () => unknown };
  theme: Theme;
  municipality: MunicipalitySlug;
  value: string | null;
  onChange: (id: string) => void;
  error: string | undefined;
}

/** Above so many a search stands over the list. */
const many = 8;

export function ProviderList({ providers, theme, municipality, value, onChange, error }: Props) {
  const { say } = useSpeech();
  const [words, setWords] = useState('');
  if (!providers.data)
    return providers.error ? (
      <ErrorState error={providers.error} onRetry={() => void providers.refetch()} />
    ) : (
      <LoadingState />
    );
  const others = providers.data.filter(({ oneself }) => !oneself);
  const wanted = words.trim().toLocaleLowerCase();
  const found = others.filter(
    (one) => one.id === value || `${one.name} ${one.shortName}`.toLocaleLowerCase().includes(wanted),
  );
  return (
    <div className={classes.stack}>
      {others.length > many && (
        <TextInput
          type="search"
          label={say('referrals.ask.find')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <Radio.Group
        name="recipient"
        label={<span className={classes.question}>{say('referrals.ask.whom')}</span>}
        value={value}
        onChange={onChange}
        error={error}
      >
        <div className={classes.providers}>
          {found.map((one) => (
            <ProviderChoice
              key={one.id}
              provider={one}
              theme={theme}
              municipality={municipality}
              chosen={one.id === value}
            />
          ))}
        </div>
      </Radio.Group>
      {found.length === 0 && <p className={classes.faint}>{say('referrals.ask.nobody')}</p>}
    </div>
  );
}

function ProviderChoice({
  provider,
  theme,
  municipality,
  chosen,
}: {
  provider: Provider;
  theme: Theme;
  municipality: MunicipalitySlug;
  chosen: boolean;
}) {
  const { say } = useSpeech();
  const placeName = usePlaceName();
  const { openReferrals: count, capacity } = provider;
  const full = capacity !== null && count >= capacity;
  /** Null: good to know, neither for nor against. */
  const mark = (fits: boolean | null, words: string): ReactNode => {
    const Icon = fits === null ? CircleDashed : fits ? Check : CircleAlert;
    return (
      <span className={fits === false ? classes.warns : classes.fits}>
        <Icon size={16} aria-hidden />
        <span>{words}</span>
      </span>
    );
  };
  return (
    <div className={classes.provider} data-chosen={chosen || undefined}>
      <Radio
        value={provider.id}
        label={<b>{provider.name}</b>}
        description={
          <span className={classes.fit}>
            {mark(
              provider.servesTheme,
              provider.servesTheme
                ? say('referrals.fit.theme', { theme: say(`theme.${theme}`) })
                : say('referrals.fit.notTheme', { theme: say(`theme.${theme}`) }),
            )}
            {mark(
              provider.servesService,
              provider.servesService === null
                ? say('referrals.fit.unknownService')
                : say(provider.servesService ? 'referrals.fit.service' : 'referrals.fit.notService'),
            )}
            {mark(
              provider.servesMunicipality,
              provider.servesMunicipality
                ? say('referrals.fit.place', { place: placeName(municipality) })
                : say('referrals.fit.notPlace', { place: placeName(municipality) }),
            )}
            {mark(
              !full,
              capacity === null
                ? say('referrals.fit.load', { count })
                : say('referrals.fit.loadOf', { count, capacity }),
            )}
            {provider.givenBefore > 0 &&
              mark(true, say('referrals.fit.given', { count: provider.givenBefore }))}
            {!provider.hasAccounts && mark(null, say('referrals.fit.byLink'))}
            {provider.consentedFields.length === 0 && mark(null, say('referrals.fit.noConsent'))}
          </span>
        }
      />
    </div>
  );
}
