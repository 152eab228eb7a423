// Channels by the names people know; these are the same in both languages.

const NAMES = new Map([
  ["whatsapp", "WhatsApp"],
  ["signal", "Signal"],
  ["telegram", "Telegram"],
  ["imessage", "iMessage"],
  ["messenger", "Messenger"],
  ["instagram", "Instagram"],
  ["linkedin", "LinkedIn"],
  ["x", "X"],
  ["googlemessages", "Google Messages"],
  ["sms", "SMS"],
  ["gmail", "Gmail"],
  ["outlook", "Outlook"],
  ["teams", "Teams"],
  ["slack", "Slack"],
]);

export const channelName = (id: string) => NAMES.get(id) ?? id;
