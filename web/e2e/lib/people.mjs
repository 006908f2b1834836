// What a host and a participant do, in clicks.

import { PASSWORD } from './server.mjs';
import { Screen } from './screen.mjs';

// What the door answers to a browser without a key; with the answer comes one.
const NEEDS_KEY = 428;

/** Takes a seat as the door does, without a screen; returns the answer. */
export async function takeSeat(browser, url, name) {
  const { request } = await browser.newContext();
  const join = () => request.post(`${url}/join`, { data: { name }, headers: { Origin: url } });
  const answer = await join();
  return answer.status() === NEEDS_KEY ? join() : answer;
}

/** Someone who trades. */
export class Player {
  constructor(screen) {
    this.screen = screen;
  }

  static async join(browser, url, name, size) {
    const screen = await Screen.open(browser, name, size);
    await screen.goto(`${url}/?view=full`);
    await screen.page.waitForSelector('#name:enabled');
    await screen.picture('door');
    await screen.page.fill('#name', name);
    await screen.page.press('#name', 'Enter');
    await screen.ready();
    await screen.until('its own name', ({ you }) => you === name);
    return new Player(screen);
  }

  /** Reloads the page, which goes on with the seat that the cookie knows. */
  async comeBack() {
    await this.screen.page.reload();
    await this.screen.ready();
  }

  /** Buys with a quick amount and confirms. */
  async buy(outcome, side) {
    await this.screen.click(`outcome.${outcome}.${side}`);
    await this.screen.click('ticket.quick.0');
    return this.send(`ticket.bet.${side}`);
  }

  /** Sends what stands in the ticket, by a button of it and the confirmation. */
  async send(button = 'ticket.submit') {
    const { sent } = await this.screen.state();
    await this.screen.click(button);
    await this.screen.picture('confirm');
    await this.screen.clickUntil('ticket.confirm', 1, (state) => state.sent.length > sent.length);
  }

  /** Waits until the last order was in a tick and returns how it ended. */
  async receipt() {
    const { sent } = await this.screen.until('the receipt', (state) => state.sent.at(-1)?.startsWith('Done'));
    return sent.at(-1);
  }

  /** Waits for a holding and returns the state with it. */
  holds(outcome, side) {
    return this.screen.until(`a holding of ${side} ${outcome}`, ({ positions }) =>
      positions?.some((position) => position.outcome === outcome && position.side === side && position.tokens > 0),
    );
  }
}

// Sections of the overlay, by their place in its row of tabs.
const RUN = 'host.section.0';
const CONFIGURE = 'host.section.1';
const EXPORT = 'host.section.4';

/** The host, without a seat. */
export class Host {
  constructor(screen) {
    this.screen = screen;
  }

  static async arrive(browser, url, size) {
    const screen = await Screen.open(browser, 'host', size);
    await screen.goto(`${url}/?host`);
    await screen.ready();
    return new Host(screen);
  }

  async logIn() {
    await this.screen.type('host.password', PASSWORD);
    // After wrong ones the button has to wait.
    await this.screen.clickUntil('host.login', 1, ({ host }) => host);
  }

  async tryPassword(password) {
    await this.screen.type('host.password', password);
    await this.screen.click('host.login');
  }

  async rename(name) {
    await this.screen.click(CONFIGURE);
    await this.screen.scrollTo('field.name', CONFIGURE);
    await this.screen.type('field.name', name);
    await this.screen.click('host.apply');
  }

  async start() {
    await this.run('host.start');
  }

  /** Presses a button of the section that runs the session. */
  async run(name) {
    await this.screen.click(RUN);
    await this.screen.click(name);
  }

  async showSection(index) {
    await this.screen.click(`host.section.${index}`);
  }

  /** Acts that cannot be taken back ask first: the answer stands elsewhere than the button, under the same name. */
  async armed(name) {
    const { acts } = await this.screen.state();
    await this.screen.clickUntil(name, 1, ({ widgets }) => widgets[`${name}.not`]);
    await this.screen.clickUntil(name, 1, (state) => state.acts.length > acts.length);
  }

  /** Unfolds what is for an emergency. */
  async emergency() {
    await this.screen.click(RUN);
    await this.screen.until('the acts of an emergency', async ({ widgets }) => {
      if (widgets['host.resolve.next']) return true;
      await this.screen.click('host.emergency');
      return false;
    });
  }

  /** Folds it away, if it has not folded itself. */
  async noEmergency() {
    await this.screen.until('what is for an emergency folded', async ({ widgets }) => {
      if (!widgets['host.resolve.next']) return true;
      await this.screen.click('host.emergency');
      return false;
    });
  }

  async resolveNext() {
    await this.emergency();
    await this.armed('host.resolve.next');
  }

  /** Sets who wins, in place of what was drawn. */
  async overrideWinner(outcome) {
    // The button that is named after the choice is there once it is made.
    const set = `host.winner.set.${outcome}`;
    await this.emergency();
    await this.screen.until(`the choice of ${outcome}`, async (state) => {
      if (state.widgets[set]) return true;
      await this.screen.click('host.winner');
      // Names are covered until somebody asks for them.
      await this.screen.clickIfThere('host.winner.show');
      await this.screen.clickIfThere(`host.winner.${outcome}`);
      return false;
    });
    await this.armed(set);
  }

  async resolveFinal() {
    await this.emergency();
    await this.armed('host.resolve.final');
  }

  /** Downloads an export and returns where it lies. */
  async download(name) {
    await this.screen.click(EXPORT);
    const download = this.screen.page.waitForEvent('download');
    await this.screen.click(`host.export.1.${name}`);
    return (await download).path();
  }
}
