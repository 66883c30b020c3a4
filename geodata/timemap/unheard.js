// @ts-check
// What a map tells Python, until Python has heard it. Of one component Streamlit keeps one trigger for the next run of
// the script: a second one that comes before that run takes its place. So each takes along what was told before it.

/** @typedef {[number, string, unknown]} Message its number, what the reader did, and the value */
/** @typedef {{ teller: string, number: number }} Heard whose messages Python has heard last, up to which number */

export class Unheard {
  constructor() {
    this.teller = `${Date.now()} ${Math.random()}`; // a map that is drawn anew counts from the beginning
    this.number = 0;
    /** @type {Message[]} */
    this.messages = [];
  }

  /**
   * All that is to be told now.
   * @param {string} name
   * @param {unknown} value
   */
  and(name, value) {
    this.number += 1;
    this.messages.push([this.number, name, value]);
    return { teller: this.teller, messages: this.messages };
  }

  /** @param {Heard | null} heard */
  forget(heard) {
    if (heard?.teller !== this.teller) return;
    this.messages = this.messages.filter(([number]) => number > heard.number);
  }
}
