// Duty: how a municipality with its settlements is kept. Shapes for the map are the map's.
import { model, Schema } from 'mongoose';
import type { Municipality } from '../../../shared/directory.ts';

export type MunicipalityEntry = Omit<Municipality, 'slug'> & { _id: Municipality['slug'] };

const names = (...languages: string[]) =>
  Object.fromEntries(languages.map((language) => [language, { type: String, default: null }]));

const municipalitySchema = new Schema<MunicipalityEntry>(
  {
    _id: { type: String, required: true },
    code: { type: String, required: true },
    names: names('sq', 'sr', 'en', 'tr', 'rom'),
    languages: { official: [String], inOfficialUse: [String] },
    town: { lng: Number, lat: Number },
    areaKm2: { type: Number, required: true },
    census: [{ _id: false, year: Number, total: Number, roma: Number, ashkali: Number, egyptian: Number }],
    settlements: [
      {
        _id: false,
        id: String,
        municipality: String,
        names: names('sq', 'sr'),
        lng: Number,
        lat: Number,
        coordinateQuality: String,
      },
    ],
  },
  { versionKey: false, collection: 'municipalities' },
);

export const MunicipalityModel = model('Municipality', municipalitySchema);
