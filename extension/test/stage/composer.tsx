import { LexicalComposer } from "@lexical/react/LexicalComposer";
import { useLexicalComposerContext } from "@lexical/react/LexicalComposerContext";
import { ContentEditable } from "@lexical/react/LexicalContentEditable";
import { LexicalErrorBoundary } from "@lexical/react/LexicalErrorBoundary";
import { HistoryPlugin } from "@lexical/react/LexicalHistoryPlugin";
import { OnChangePlugin } from "@lexical/react/LexicalOnChangePlugin";
import { PlainTextPlugin } from "@lexical/react/LexicalPlainTextPlugin";
import { $createParagraphNode, $createTextNode, $getRoot, CLEAR_HISTORY_COMMAND, COMMAND_PRIORITY_HIGH, KEY_ENTER_COMMAND, type LexicalEditor } from "lexical";
import { useEffect, useRef, useState, type ChangeEvent, type ReactNode } from "react";
import type { Chat } from "./chats";
import { Icon } from "./icon";
import type { Labels } from "./labels";
import { by, options } from "./options";
import { change, drafts, send, useStage } from "./store";

const read = (editor: LexicalEditor): string => editor.getEditorState().read(() => $getRoot().getTextContent());

function clear(editor: LexicalEditor): void {
  editor.update(() => {
    const paragraph = $createParagraphNode();
    $getRoot().clear().append(paragraph);
    paragraph.select();
  });
  editor.dispatchCommand(CLEAR_HISTORY_COMMAND, undefined);
}

/** Enter sends, Shift+Enter makes a line, as in the real page; a key of a composing IME is the IME's. */
function SendOnEnter({ onSend }: { readonly onSend: (via: "enter") => void }): null {
  const [editor] = useLexicalComposerContext();
  useEffect(
    () =>
      editor.registerCommand(
        KEY_ENTER_COMMAND,
        (e) => {
          if (e === null || e.shiftKey || e.isComposing) return false;
          e.preventDefault();
          onSend("enter");
          return true;
        },
        COMMAND_PRIORITY_HIGH,
      ),
    [editor, onSend],
  );
  return null;
}

function Grab({ into }: { readonly into: (editor: LexicalEditor) => void }): null {
  const [editor] = useLexicalComposerContext();
  useEffect(() => {
    into(editor);
  }, [editor, into]);
  return null;
}

function initial(text: string): () => void {
  return () => {
    const paragraph = $createParagraphNode();
    if (text !== "") paragraph.append($createTextNode(text));
    $getRoot().append(paragraph);
  };
}

interface FieldProps {
  readonly label: string;
  readonly testid: string | undefined;
  readonly start: string;
  readonly onText: (text: string) => void;
  readonly onSend: (text: string, via: "enter" | "button") => void;
  readonly sendButton: (go: () => void) => ReactNode;
}

/** One Lexical editor with the attributes of the real one, and its send control. */
export function Field({ label, testid, start, onText, onSend, sendButton }: FieldProps): ReactNode {
  const editor = useRef<LexicalEditor | null>(null);
  const go = (via: "enter" | "button"): void => {
    const e = editor.current;
    if (e === null) return;
    const text = read(e);
    onSend(text, via);
    clear(e);
    e.focus();
  };
  const known = options.gen !== "none";
  return (
    // The plain composer is what pages of today are built on.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    <LexicalComposer initialConfig={{ namespace: "stage", onError: (e) => { throw e; }, editorState: initial(start) }}>
      <div className="st-field">
        <PlainTextPlugin
          contentEditable={
            <ContentEditable
              className="st-input"
              {...(known ? { role: "textbox", "data-tab": "10", ariaLabel: label, "aria-placeholder": label, placeholder: <div className="st-hint">{label}</div> } : { role: "presentation" })}
              {...(testid === undefined ? {} : { "data-testid": testid })}
              {...(options.gen === "g1" ? { title: label } : {})}
              spellCheck
            />
          }
          ErrorBoundary={LexicalErrorBoundary}
        />
        <HistoryPlugin />
        <OnChangePlugin onChange={(_, e) => { onText(read(e)); }} />
        <SendOnEnter onSend={go} />
        <Grab into={(e) => { editor.current = e; }} />
      </div>
      {sendButton(() => { go("button"); })}
    </LexicalComposer>
  );
}

/** The send control of each generation: a button with an svg in it, or the div of the caption dialog. */
export function SendButton({ label, go, div }: { readonly label: string; readonly go: () => void; readonly div?: boolean }): ReactNode {
  if (options.gen === "none") return <span className="st-send" onClick={go}><Icon name="send" /></span>;
  const icon = by("send", "send", "wds-ic-send-filled") ?? "send";
  const inner = (
    <span aria-hidden="true" data-icon={icon} {...(options.gen === "g1" ? {} : { "data-testid": icon })}>
      <Icon name="send" title={icon} />
    </span>
  );
  if (div === true) {
    return <div role="button" tabIndex={0} aria-label={label} className="st-send" onClick={go}>{inner}</div>;
  }
  return <button type="button" aria-label={label} data-tab="11" className="st-send" onClick={go}>{inner}</button>;
}

function AttachButton({ labels }: { readonly labels: Labels }): ReactNode {
  const choose = (e: ChangeEvent<HTMLInputElement>): void => {
    change({ files: [...(e.target.files ?? [])].map((f) => ({ name: f.name, size: f.size, type: f.type })) });
    e.target.value = "";
  };
  const icon = by("plus", "plus-rounded", "plus-rounded") ?? "add";
  return (
    <label className="st-attach">
      <button type="button" aria-label={labels.attach} title={labels.attach} onClick={(e) => { e.currentTarget.parentElement?.querySelector("input")?.click(); }}>
        <span aria-hidden="true" data-icon={icon}><Icon name="plus" /></span>
      </button>
      <input type="file" multiple hidden onChange={choose} />
    </label>
  );
}

export function Footer({ chat, labels }: { readonly chat: Chat; readonly labels: Labels }): ReactNode {
  const [typed, setTyped] = useState((drafts.get(chat.key) ?? "") !== "");
  const label =
    options.gen === "g1" ? labels.typeMessage : chat.kind === "group" ? labels.typeToGroup(chat.title) : labels.typeTo(chat.title);
  return (
    <footer className="st-footer">
      <AttachButton labels={labels} />
      <Field
        label={label}
        testid={by(undefined, "conversation-compose-box-input", "conversation-compose-box-input")}
        start={drafts.get(chat.key) ?? ""}
        onText={(t) => { drafts.set(chat.key, t); setTyped(t.trim() !== ""); }}
        onSend={send}
        sendButton={(go) =>
          typed ? <SendButton label={labels.send} go={go} /> : (
            <button type="button" aria-label={labels.voice} className="st-voice"><span aria-hidden="true" data-icon="ptt"><Icon name="mic" /></span></button>
          )
        }
      />
    </footer>
  );
}

/** The dialog in which files are sent with a caption; its composer is not in the footer. */
export function CaptionDialog({ labels }: { readonly labels: Labels }): ReactNode {
  const { files } = useStage();
  return (
    <div className="st-caption" role="dialog" aria-label={labels.document}>
      <button type="button" className="st-close" aria-label={labels.close} onClick={() => { change({ files: [] }); }}><Icon name="x" /></button>
      <ul>
        {files.map((f) => (
          <li key={f.name}><Icon name="file" /> <span title={f.name}>{f.name}</span> <small>{Math.ceil(f.size / 1024)} kB</small></li>
        ))}
      </ul>
      <div className="st-caption-line">
        <Field
          label={labels.caption}
          testid={by(undefined, "media-caption-input-container", "media-caption-input-container")}
          start=""
          onText={() => undefined}
          onSend={send}
          sendButton={(go) => <SendButton label={labels.send} go={go} div />}
        />
      </div>
    </div>
  );
}
