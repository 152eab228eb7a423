import { Fragment, useEffect, useRef, type ReactNode } from "react";
import { phones, type Chat } from "./chats";
import { CaptionDialog, Footer } from "./composer";
import { Icon } from "./icon";
import type { Labels } from "./labels";
import { by, options } from "./options";
import { MessageRow } from "./rows";
import { change, useStage } from "./store";
import { dayNotice } from "./times";

/** The real page wraps numbers in embedding marks so that they read left to right. */
export const marked = (title: string): string => (title.startsWith("+") ? `\u202a${title}\u202c` : title);

/** The participants as the header lists them, the person last. */
export const listed = (chat: Chat, labels: Labels): string => [...chat.members, labels.you].join(", ");

function Header({ chat, labels }: { readonly chat: Chat; readonly labels: Labels }): ReactNode {
  const known = options.gen !== "none";
  const testids = options.gen === "g2" || options.gen === "g3";
  const title = testids ? { "data-testid": "conversation-info-header-chat-title" } : {};
  return (
    <header className="st-header" {...(testids ? { "data-testid": "conversation-header" } : {})}>
      <div role="button" tabIndex={0} className="st-who-button" {...(known ? { title: labels.profile } : {})} onClick={() => { change({ drawer: true }); }}>
        <Avatar chat={chat} />
      </div>
      <div className="st-names">
        {chat.disappearing && known ? <span aria-hidden="true" className="st-timer" data-icon={by("disappearing", "disappearing", "wds-ic-disappearing-messages")}><span className="st-ligature">{by("", "", "wds-ic-disappearing-messages")}</span><Icon name="timer" {...(options.gen === "g3" ? { title: "wds-ic-disappearing-messages" } : {})} /></span> : null}
        <span dir="auto" className="st-title" {...(known ? { title: marked(chat.title) } : {})} {...title}>{marked(chat.title)}</span>
        {chat.kind === "one" ? null : <span className="st-members" {...(known ? { title: listed(chat, labels) } : {})}>{listed(chat, labels)}</span>}
      </div>
    </header>
  );
}

export function Avatar({ chat }: { readonly chat: Chat }): ReactNode {
  const box = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    box.current?.style.setProperty("--hue", String(chat.hue));
  }, [chat.hue]);
  const letters = chat.title.replace(/[^\p{L} ]/gu, "").trim().split(/ +/).map((w) => w[0] ?? "").slice(0, 2).join("");
  return <span ref={box} className="st-avatar" aria-hidden="true">{letters === "" ? "#" : letters.toUpperCase()}</span>;
}

function Drawer({ chat, labels }: { readonly chat: Chat; readonly labels: Labels }): ReactNode {
  return (
    <aside className="st-drawer" data-testid="drawer-right">
      <button type="button" className="st-close" aria-label={labels.close} onClick={() => { change({ drawer: false }); }}><Icon name="x" /></button>
      <Avatar chat={chat} />
      <h2>{chat.title}</h2>
      <section data-testid="section-about-and-phone-number">
        {chat.kind === "one" ? <span className="selectable-text copyable-text">{marked(chat.phone)}</span> : (
          <ul>{chat.members.map((m) => <li key={m}><span title={m}>{m}</span> <small>{phones[m] ?? ""}</small></li>)}</ul>
        )}
      </section>
    </aside>
  );
}

/** The open conversation: header, rows, composer, and the dialogs over it. */
export function Conversation({ chat, labels }: { readonly chat: Chat; readonly labels: Labels }): ReactNode {
  const { files, drawer, hidden } = useStage();
  const list = useRef<HTMLDivElement>(null);
  const count = chat.rows.length;
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [chat.key, count]);
  const known = options.gen !== "none";
  const now = new Date();
  const rows = hidden ? chat.rows.slice(-1) : chat.rows;
  const panel = by(undefined, "conversation-panel-messages", "conversation-panel-messages");
  return (
    <div className="st-main" {...(known ? { id: "main" } : {})}>
      <Header chat={chat} labels={labels} />
      <div className="st-list" ref={list} tabIndex={0} role={known ? "application" : "presentation"} {...(panel === undefined ? {} : { "data-testid": panel })}>
        <div className="st-notice"><span>{labels.encrypted}</span></div>
        {rows.map((row, i) => {
          const notice = dayNotice(row.at, now, labels);
          const before = rows[i - 1];
          const fresh = before === undefined || dayNotice(before.at, now, labels) !== notice;
          return (
            <Fragment key={row.id}>
              {fresh ? <div className="st-notice" role={known ? "row" : "presentation"}><span dir="auto">{notice}</span></div> : null}
              <MessageRow row={row} chat={chat} labels={labels} index={i} first={fresh || before.from !== row.from || before.kind === "system"} near={i >= rows.length - 25} />
            </Fragment>
          );
        })}
      </div>
      {files.length === 0 ? <Footer key={chat.key} chat={chat} labels={labels} /> : <CaptionDialog labels={labels} />}
      {drawer ? <Drawer chat={chat} labels={labels} /> : null}
    </div>
  );
}
