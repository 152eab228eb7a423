// The channels there are. A page's host name says which one is for it.

import { gmail } from "./gmail.ts";
import { googlemessages } from "./googlemessages.ts";
import { linkedin } from "./linkedin.ts";
import { messenger } from "./messenger.ts";
import { outlook } from "./outlook.ts";
import { telegram } from "./telegram.ts";
import type { Channel } from "./types.ts";
import { whatsapp } from "./whatsapp.ts";

export const CHANNELS: readonly (() => Channel)[] = [whatsapp, gmail, outlook, googlemessages, telegram, linkedin, messenger];

/** The channel of a host, null where none is for it. */
export function channelFor(host: string): Channel | null {
  for (const make of CHANNELS) {
    const channel = make();
    if (channel.hosts.includes(host)) return channel;
  }
  return null;
}
