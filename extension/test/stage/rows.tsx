import { useEffect, useRef, useState, type ReactNode } from "react";
import { phones, type Chat, type Row } from "./chats";
import { Icon } from "./icon";
import type { Labels } from "./labels";
import { by, options } from "./options";
import { author } from "./store";
import { clock, prePlainText } from "./times";

/** Emoji are images in the real page; their text is in an attribute. */
function rich(text: string): ReactNode[] {
  return text.split(/(\p{Extended_Pictographic}\uFE0F?|https?:\/\/\S+)/u).map((part, i) => {
    if (part.startsWith("http")) return <a key={i} href={part} target="_blank" rel="noopener noreferrer">{part}</a>;
    if (i % 2 === 0) return part;
    return <span key={i} className="st-emoji"><img className="emoji" alt={part} data-plain-text={part} src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" /><span aria-hidden="true" data-glyph={part} /></span>;
  });
}

const word = (gen2: string): object => (options.gen === "g1" || options.gen === "none" ? {} : { "data-testid": gen2 });

function Text({ row }: { readonly row: Row }): ReactNode {
  const known = options.gen !== "none";
  return (
    <div className="st-text">
      <span dir="ltr" className={known ? "selectable-text copyable-text" : "zq1"} {...word("selectable-text")}>{rich(row.text)}</span>
      <span aria-hidden="true" className="st-space"><span>{clock(row.at)}</span></span>
    </div>
  );
}

function Quoted({ row, labels }: { readonly row: Row; readonly labels: Labels }): ReactNode {
  if (row.quoted === undefined) return null;
  return (
    <div className="st-quote" role="button" tabIndex={0} aria-label={labels.quoted} {...(options.gen === "g3" ? { "data-testid": "quoted-message" } : {})}>
      <span dir="auto" className="st-author">{row.quoted.from}</span>
      <span dir="auto" className="quoted-mention" {...word("selectable-text")}>{rich(row.quoted.text)}</span>
    </div>
  );
}

/** Delivery state: own messages only, and the only direction evidence every own G3 row has. */
function Meta({ row, labels }: { readonly row: Row; readonly labels: Labels }): ReactNode {
  const old = { pending: "msg-time", sent: "msg-check", delivered: "msg-dblcheck", read: "msg-dblcheck" } as const;
  return (
    <div className={options.gen === "g1" ? "st-meta message-meta" : "st-meta"} {...(options.gen === "g3" ? { "data-testid": "msg-meta" } : {})}>
      <span dir="auto">{clock(row.at)}</span>
      {row.from !== "" || row.status === undefined ? null : (
        <span className={`st-status st-${row.status}`} {...(options.gen === "none" ? {} : { "aria-label": ` ${labels.status[row.status]} ` })} {...(options.gen === "g1" || options.gen === "g2" ? { "data-icon": old[row.status] } : {})}>
          <Icon name={row.status === "pending" ? "clock" : row.status === "sent" ? "check" : "checks"} {...(options.gen === "g3" ? { title: `wds-ic-${row.status}` } : {})} />
        </span>
      )}
    </div>
  );
}

function Content({ row, labels }: { readonly row: Row; readonly labels: Labels }): ReactNode {
  if (row.kind === "deleted") {
    return <div className="st-deleted"><span aria-hidden="true" data-icon="recalled" /> <span>{row.from === "" ? labels.deletedByYou : labels.deleted}</span></div>;
  }
  if (row.kind === "voice") return <div className="st-media"><button type="button" aria-label={labels.voice}><Icon name="mic" /></button> <span>0:14</span></div>;
  const text = (
    <div className={options.gen === "none" ? "zq2" : "copyable-text"} {...(options.gen === "none" ? {} : { "data-pre-plain-text": prePlainText(row.at, author(row)) })}>
      <Quoted row={row} labels={labels} />
      {row.card === undefined ? null : (
        <div className="st-card"><div><span>{row.card.title}</span></div><div><span>{row.card.about}</span></div><div><span>{row.card.host}</span></div></div>
      )}
      <Text row={row} />
    </div>
  );
  if (row.kind === "text") return text;
  const file = row.file?.name ?? "";
  return (
    <>
      {row.kind === "image" ? (
        <div className="st-image" role="button" tabIndex={0} {...(options.gen === "g1" ? { "aria-label": "Open picture" } : word("image-thumb"))}><Icon name="image" /></div>
      ) : (
        <div className="st-media" role="button" tabIndex={0} {...word("document")}><span aria-hidden="true" {...(options.gen === "g1" ? { "data-icon": "document-PDF" } : {})}><Icon name="file" /></span> <span title={file}>{file}</span></div>
      )}
      {row.text === "" ? null : text}
    </>
  );
}

function Author({ row, chat }: { readonly row: Row; readonly chat: Chat }): ReactNode {
  if (chat.kind === "one" || row.from === "") return null;
  return (
    <div className="st-who">
      <span dir="auto" className="st-author" {...word("author")} {...(options.gen === "none" ? {} : { "aria-label": `Maybe ${row.from}` })}>{row.from}</span>{" "}
      <span className={options.gen === "none" ? "st-phone" : "st-phone author-phone"}>{phones[row.from] ?? ""}</span>
    </div>
  );
}

/** The hidden "You:" or "Name:" that about four rows in five carry. */
function Speaker({ row, index, labels }: { readonly row: Row; readonly index: number; readonly labels: Labels }): ReactNode {
  if (options.gen === "none" || index % 5 === 4) return null;
  return <span aria-label={row.from === "" ? labels.youPrefix : `${row.from}:`} />;
}

function dataId(row: Row, chat: Chat): string {
  if (options.gen !== "g1") return row.id;
  const group = chat.kind === "group";
  const tail = group && row.from !== "" ? `_${(phones[row.from] ?? "").replace(/\D/g, "")}@c.us` : "";
  return `${row.from === ""}_${chat.jid}@${group ? "g.us" : "c.us"}_${row.id}${tail}`;
}

interface BubbleProps {
  readonly row: Row;
  readonly chat: Chat;
  readonly labels: Labels;
  readonly index: number;
  readonly first: boolean;
}

function Bubble({ row, chat, labels, index, first }: BubbleProps): ReactNode {
  const side = row.from === "" ? "out" : "in";
  const classes = by(`message-${side} focusable-list-item`, `message-${side} focusable-list-item`, "") ?? "";
  return (
    <div className={`st-line st-${side} ${classes}`}>
      {!first ? null : <span aria-hidden="true" className={`st-tail st-tail-${side}`} {...(by(1, 2, 3) === undefined ? {} : { "data-icon": `tail-${side}` })} {...(options.gen === "g3" ? { "data-testid": `tail-${side}` } : {})}><Icon name="tail" /></span>}
      <div className="st-bubble" {...(options.gen === "g3" ? { "data-testid": "msg-container" } : {})}>
        <Speaker row={row} index={index} labels={labels} />
        {first ? <Author row={row} chat={chat} /> : null}
        <Content row={row} labels={labels} />
        <Meta row={row} labels={labels} />
      </div>
      {row.reaction === true ? <button type="button" className="st-reaction" aria-label={labels.react}>👍</button> : null}
    </div>
  );
}

/** A row of the list: an empty shell while it is far from view, as in the virtualised page. */
export function MessageRow(props: BubbleProps & { readonly near: boolean }): ReactNode {
  const { row, chat, near } = props;
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(near);
  useEffect(() => {
    const el = box.current;
    if (el === null || near || options.gen === "g1") return undefined;
    const watch = new IntersectionObserver((e) => { setSeen(e.some((x) => x.isIntersecting)); }, { rootMargin: "200px" });
    watch.observe(el);
    return () => { watch.disconnect(); };
  }, [near]);
  const drawn = seen || near || options.gen === "g1";
  if (row.kind === "system" || row.kind === "privacy") {
    const notice = row.kind === "system" ? props.labels.disappearing : props.labels.advancedPrivacy;
    return <div role="row" className="st-row st-system" ref={box}><span>{notice}</span></div>;
  }
  const id = dataId(row, chat);
  const attributes = options.gen === "none" ? {} : { "data-id": id, ...(options.gen === "g3" ? { "data-testid": `conv-msg-${id}` } : {}), ...(drawn ? {} : { "data-virtualized": "true" }) };
  return (
    <div role={options.gen === "none" ? "presentation" : "row"} className="st-row" ref={box}>
      <div tabIndex={-1} {...attributes}>{drawn ? <Bubble {...props} /> : <div className="st-shell" />}</div>
    </div>
  );
}
