// Plays sessions of fixed seeds and keeps a picture of every screen and moment, part by part; those that are named, or all.
// Each part stands for itself, so that one that fails takes no other with it.

import { join } from 'node:path';
import { Album, Over } from './album.mjs';
import { door } from './door.mjs';
import { evening } from './evening.mjs';
import { light } from './light.mjs';
import { rooms } from './rooms.mjs';
import { ten, three } from './shapes.mjs';
import { Stage } from './stage.mjs';

const PARTS = { door, rooms, light, evening, three, ten };

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in PARTS));
if (unknown.length > 0) throw new Error(`there is no part ${unknown.join(', ')}: there are ${Object.keys(PARTS).join(', ')}`);

async function play(name) {
  const began = Date.now();
  process.stdout.write(`\n${name}\n`);
  const album = new Album(name, join(process.env.OUTCRY_GALLERY, name));
  await album.empty();
  const stage = new Stage();
  try {
    await PARTS[name](album, stage);
  } catch (error) {
    album.miss(error instanceof Over ? 'what comes then' : 'before its first chapter', error);
  } finally {
    await stage.close();
    await album.close();
  }
  return { name, album, seconds: Math.round((Date.now() - began) / 1000) };
}

const played = [];
for (const name of named.length > 0 ? named : Object.keys(PARTS)) played.push(await play(name));

process.stdout.write('\npictures\n');
for (const { album } of played) process.stdout.write(album.pictures.map((path) => `${path}\n`).join(''));
for (const { name, album, seconds } of played) process.stdout.write(`${name}: ${album.pictures.length} pictures in ${seconds} s\n`);
const missing = played.flatMap(({ album }) => album.missing);
for (const { moment, why } of missing) process.stdout.write(`missing: ${moment}: ${why}\n`);
// A page that hangs keeps its program alive.
process.exit(missing.length > 0 ? 1 : 0);
