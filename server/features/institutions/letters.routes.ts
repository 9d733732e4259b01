// Duty: the doors to letters: write, list, open, edit, move, print, files. Each names schema and command, nothing else.
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import { letterMoveInput } from '../../../shared/letterMoves.ts';
import { letterPaths } from '../../../shared/letterPaths.ts';
import {
  type LetterList,
  letterCreate,
  letterEdit,
  letterListQuery,
  templateQuery,
} from '../../../shared/letters.ts';
import { warningsAbout } from '../../../shared/personalData.ts';
import { notFound } from '../../errors.ts';
import { sendKept, sendMade } from '../../files/send.ts';
import { type UploadLimits, withCleanFile } from '../../files/upload.ts';
import { type Endpoint, endpoint, withStatus } from '../../http/endpoint.ts';
import { abilitiesOf } from '../../policy.ts';
import { addLetterFile, fileOf, isKeptForLetter, removeLetterFile } from './letterFiles.commands.ts';
import { moveLetter } from './letterMoves.commands.ts';
import { letterAsPdf } from './letterPaper.queries.ts';
import { createLetter, editLetter, templateFor } from './letters.commands.ts';
import { mayWriteLetters, seesLetters } from './letters.policy.ts';
import { presentLetter, presentLetterRows } from './letters.present.ts';
import { letterFor, lettersFor } from './letters.queries.ts';

const one = z.strictObject({ id: idSchema });
const oneFile = one.extend({ file: idSchema });
const freeText = ['subject', 'body', 'ask', 'summary', 'reason'] as const;

/** For roles without letters there is nothing here, whatever they send. */
const forThoseWithLetters = (endpoints: Endpoint[]): Endpoint[] =>
  endpoints.map((item) => ({
    ...item,
    run: (viewer, parts) => {
      if (viewer && !seesLetters(viewer)) throw notFound();
      return item.run(viewer, parts);
    },
  }));

export const letterRoutes = (limits: UploadLimits): Endpoint[] =>
  forThoseWithLetters([
    endpoint({
      method: 'post',
      path: letterPaths.all,
      summary: 'A letter as a draft from its template; repeating the request with the same id does it once.',
      status: 201,
      body: letterCreate,
      async handle({ viewer, body }) {
        const { letter, made } = await createLetter(viewer, body);
        return withStatus(
          made ? 201 : 200,
          await presentLetter(viewer, letter, warningsAbout(body, freeText)),
        );
      },
    }),
    endpoint({
      method: 'get',
      path: letterPaths.all,
      summary: 'Letters by group, what is late first, in pages.',
      query: letterListQuery,
      async handle({ viewer, query }): Promise<LetterList> {
        const { letters, ...rest } = await lettersFor(viewer, query);
        const abilities = abilitiesOf({ write: mayWriteLetters }, viewer, null);
        return { data: await presentLetterRows(letters), ...rest, abilities };
      },
    }),
    endpoint({
      method: 'get',
      path: letterPaths.one(':id'),
      summary: 'One letter: its words, its clock, what came back.',
      params: one,
      handle: async ({ viewer, params }) => presentLetter(viewer, await letterFor(viewer, params.id)),
    }),
    endpoint({
      method: 'patch',
      path: letterPaths.one(':id'),
      summary: 'Change the words of a letter that is not sent yet.',
      params: one,
      body: letterEdit,
      handle: async ({ viewer, params, body }) =>
        presentLetter(viewer, await editLetter(viewer, params.id, body), warningsAbout(body, freeText)),
    }),
    endpoint({
      method: 'get',
      path: letterPaths.template(':id'),
      summary: 'The template of the letter in another language, its fields filled.',
      params: one,
      query: templateQuery,
      handle: async ({ viewer, params, query }) => ({
        data: await templateFor(viewer, params.id, query.language),
      }),
    }),
    endpoint({
      method: 'post',
      path: letterPaths.moves(':id'),
      summary: 'Move a letter along its lifecycle; an escalation answers with the new draft.',
      params: one,
      body: letterMoveInput,
      handle: async ({ viewer, params, body }) =>
        presentLetter(viewer, await moveLetter(viewer, params.id, body), warningsAbout(body, freeText)),
    }),
    endpoint({
      method: 'get',
      path: letterPaths.pdf(':id'),
      summary: 'The letter on paper, with letterhead.',
      params: one,
      async handle({ viewer, params, http: { response } }) {
        const letter = await letterFor(viewer, params.id);
        return sendMade(response, {
          content: await letterAsPdf(letter),
          mediaType: 'application/pdf',
          name: `${letter.reference}.pdf`,
        });
      },
    }),
    endpoint({
      method: 'post',
      path: letterPaths.files(':id'),
      summary: 'Add what came back: multipart with one `file`; `id` is made by the sender.',
      status: 201,
      params: one,
      query: one,
      async handle({ viewer, params, query, http: { request } }) {
        if (await isKeptForLetter(viewer, params.id, query.id))
          return withStatus(200, await presentLetter(viewer, await letterFor(viewer, params.id)));
        return withCleanFile(request, limits, async (clean) =>
          withStatus(
            201,
            await presentLetter(viewer, await addLetterFile(viewer, params.id, query.id, clean)),
          ),
        );
      },
    }),
    endpoint({
      method: 'get',
      path: letterPaths.file(':id', ':file'),
      summary: 'The file itself.',
      params: oneFile,
      handle: async ({ viewer, params, http: { response } }) =>
        sendKept(response, fileOf(await letterFor(viewer, params.id), params.file)),
    }),
    endpoint({
      method: 'delete',
      path: letterPaths.file(':id', ':file'),
      summary: 'Take the file off the letter and delete it.',
      params: oneFile,
      handle: async ({ viewer, params }) =>
        presentLetter(viewer, await removeLetterFile(viewer, params.id, params.file)),
    }),
  ]);
