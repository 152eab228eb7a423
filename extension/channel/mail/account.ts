// Whose mailbox a page shows. A channel is corporate by its account, never by its
// brand, so an account that is not sure is none.

const ADDRESS = /[^\s()<>,;:"'[\]]+@[^\s()<>,;:"'[\]]+\.[^\s()<>,;:"'[\]]+/;

/** The first e-mail address in a text, lower case, "" where there is none. */
export function addressIn(text: string | null | undefined): string {
  return (ADDRESS.exec(text ?? "")?.[0] ?? "").replace(/\.$/, "").toLowerCase();
}

/** The one account that all anchors name; "" where they name none, or two. */
export function agreed(found: readonly string[]): string {
  const named = new Set(found.filter((address) => address !== ""));
  return named.size === 1 ? ([...named][0] ?? "") : "";
}

/**
 * The account a mail is sent from: from, where the draft shows it, in its mailbox.
 * "" where they belong to two houses: the mailbox keeps what its alias sends.
 */
export function sender(mailbox: string, from: string): string {
  if (mailbox === "" || from === "") return mailbox || from;
  const [house, other] = [domain(mailbox), domain(from)];
  const same = house === other || house.endsWith(`.${other}`) || other.endsWith(`.${house}`);
  return same ? from : "";
}

function domain(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}
