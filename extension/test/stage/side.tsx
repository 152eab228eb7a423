import type { ReactNode } from "react";
import type { Chat } from "./chats";
import { Avatar, marked } from "./conversation";
import { Icon } from "./icon";
import type { Labels } from "./labels";
import { options } from "./options";
import { change, useStage } from "./store";
import { clock } from "./times";

const testid = (id: string): object => (options.gen === "g2" || options.gen === "g3" ? { "data-testid": id } : {});

function ChatRow({ chat, labels, open }: { readonly chat: Chat; readonly labels: Labels; readonly open: boolean }): ReactNode {
  const last = chat.rows.at(-1);
  const start = (): void => { change({ open: chat.key, drawer: false, files: [], chats: undoUnread(chat) }); };
  const { chats } = useStage();
  const undoUnread = (c: Chat): readonly Chat[] => chats.map((x) => (x.key === c.key ? { ...x, unread: 0 } : x));
  return (
    <div role="row" className="st-chat" aria-selected={open} tabIndex={0} onClick={start} onKeyDown={(e) => { if (e.key === "Enter") start(); }}>
      <div className="st-cell" {...testid("cell-frame-container")}>
        <Avatar chat={chat} />
        <div className="st-cell-main">
          <div className="st-cell-top">
            <span className="st-cell-title" {...testid("cell-frame-title")}><span dir="auto" title={marked(chat.title)}>{marked(chat.title)}</span></span>
            <small>{last === undefined ? "" : clock(last.at)}</small>
          </div>
          <div className="st-cell-last">
            {chat.disappearing ? <span data-icon="wds-ic-disappearing-messages"><Icon name="timer" /></span> : null}
            <span className="st-last" {...testid("last-msg-status")}>{last === undefined ? "" : last.kind === "deleted" ? labels.deleted : last.text === "" ? (last.file?.name ?? labels.voice) : last.text}</span>
            {chat.unread === 0 ? null : <span className="st-unread" {...testid("icon-unread-count")}>{chat.unread}</span>}
          </div>
        </div>
      </div>
    </div>
  );
}

/** The list of conversations; its search box is not the composer. */
export function Side({ labels }: { readonly labels: Labels }): ReactNode {
  const { chats, open } = useStage();
  return (
    <div className="st-side">
      <div className="st-side-head"><strong>Stand-in</strong><span>{options.gen.toUpperCase()} · {options.lang.toUpperCase()}</span></div>
      <div className="st-search">
        <Icon name="search" />
        {options.gen === "g1" ? (
          <div contentEditable suppressContentEditableWarning role="textbox" data-tab="3" aria-label={labels.search} className="st-search-box" />
        ) : (
          <input role="textbox" data-tab="3" aria-label={labels.search} placeholder={labels.search} className="st-search-box" />
        )}
      </div>
      <div {...(options.gen === "none" ? {} : { id: "pane-side" })} className="st-chats">
        <div aria-label={labels.chats} role="grid" {...testid("chat-list")}>
          <div role="row" className="st-section"><h2>{labels.chats}</h2></div>
          {chats.map((c) => <ChatRow key={c.key} chat={c} labels={labels} open={c.key === open} />)}
        </div>
      </div>
    </div>
  );
}
