// One's result as a picture, made on this device: place, gain and best trade, to be kept or shown around.

const WIDTH = 1080;
const HEIGHT = 1350;
const INK = '#0b1020';
const AMBER = '#ffb454';
const TEXT = '#e6ecfa';
const WEAK = '#9aa8cb';
const GAIN = '#5fd3a2';
const LOSS = '#ff8f8f';
// The floor behind it: heights of pillars as parts of the picture's, with their colours.
const PILLARS = [
  [0.16, '#4aa8ff'], [0.3, '#ffb454'], [0.22, '#8fd3a8'], [0.38, '#ff6b4a'], [0.26, '#c9a2ff'], [0.18, '#f2d16b'],
];
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

/** Saves or shares the picture of a result: `file`, `session`, `player`, `place`, `gain`, `sign`, `balance`, `best`. */
export async function keep(result) {
  const blob = await new Promise((resolve) => draw(result).toBlob(resolve, 'image/png'));
  const file = new File([blob], result.file, { type: 'image/png' });
  // A phone's pictures are passed on by its own sheet; elsewhere a file is what one expects.
  if (matchMedia('(pointer: coarse)').matches && navigator.canShare?.({ files: [file] })) {
    try {
      return await navigator.share({ files: [file], title: result.session });
    } catch (error) {
      if (error.name === 'AbortError') return undefined;
    }
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = result.file;
  link.click();
  // The browser has it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return undefined;
}

/** The picture on a canvas. */
export function draw(result) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const pen = canvas.getContext('2d');
  room(pen);
  const [first, ...others] = result.place.split(' ');
  const sign = Math.sign(Number(result.sign));
  pen.textAlign = 'center';
  write(pen, 'OUTCRY', 92, { size: 34, weight: 700, colour: AMBER, spacing: '0.4em' });
  write(pen, result.session, 170, { size: 52, weight: 600 });
  write(pen, result.player, 300, { size: 64, colour: WEAK });
  write(pen, first, 540, { size: 250, weight: 800, colour: AMBER });
  write(pen, others.join(' '), 620, { size: 58, colour: WEAK });
  write(pen, `${result.gain}${['', ' ▲', ' ▼'].at(sign)}`, 760, { size: 104, weight: 700, colour: [TEXT, GAIN, LOSS].at(sign) });
  write(pen, result.balance, 830, { size: 46, colour: WEAK });
  if (result.best) {
    write(pen, result.bestWords, 1190, { size: 38, colour: WEAK });
    write(pen, result.best, 1258, { size: 56, weight: 600 });
  }
  return canvas;
}

/** The night, a lamp, and pillars that fade into the dark where words stand on them. */
function room(pen) {
  pen.fillStyle = INK;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  const lamp = pen.createRadialGradient(WIDTH / 2, 420, 20, WIDTH / 2, 420, 720);
  lamp.addColorStop(0, 'rgb(255 180 84 / 22%)');
  lamp.addColorStop(1, 'rgb(255 180 84 / 0%)');
  pen.fillStyle = lamp;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  const step = WIDTH / PILLARS.length;
  PILLARS.forEach(([part, colour], index) => {
    const top = HEIGHT - 260 - part * 400;
    const fade = pen.createLinearGradient(0, top, 0, HEIGHT);
    fade.addColorStop(0, colour);
    fade.addColorStop(1, INK);
    pen.globalAlpha = 0.3;
    pen.fillStyle = fade;
    pen.fillRect(index * step + step * 0.2, top, step * 0.6, HEIGHT - top);
  });
  pen.globalAlpha = 1;
}

/** A line in the middle; what is too wide is set smaller. */
function write(pen, text, y, { size, weight = 400, colour = TEXT, spacing = '0px' }) {
  const room = WIDTH - 120;
  pen.letterSpacing = spacing;
  pen.font = `${weight} ${size}px ${FONT}`;
  const wide = pen.measureText(text).width;
  if (wide > room) pen.font = `${weight} ${Math.floor((size * room) / wide)}px ${FONT}`;
  pen.fillStyle = colour;
  pen.fillText(text, WIDTH / 2, y);
  pen.letterSpacing = '0px';
}
