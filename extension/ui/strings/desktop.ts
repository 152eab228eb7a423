// What is said of the Hanaper program on this computer.

import type { DesktopState } from "../../wire.ts";

export const desktopEN = {
  desktopHow: "Needs the Hanaper program on this computer. There, once: “hanaper vault init”, then “hanaper bridge install”. Then connect.",
  desktopConnect: "Connect…",
  desktopAgain: "Try again",
  desktopCode: "Approve this browser in the program. It must show the code",
  desktopStates: {
    paired: "Connected. Records go into the vault, are read back and compared.",
    asked: "The program waits for your approval.",
    not_allowed: "The browser was not allowed to speak to the program.",
    not_running: "The program does not answer. Is it installed for this browser (“hanaper bridge install”)?",
    too_old: "The program is older than this extension. Update it.",
    extension_too_old: "This extension is older than the program. Update it.",
    no_vault: "The program has no vault yet: “hanaper vault init” makes one.",
    locked: "The program cannot open the vault without you. “hanaper vault passphrase --keyring” lets it use the system’s keyring.",
    faulty: "The program could not do it. Try again; “hanaper vault check” tells more.",
  } satisfies Record<DesktopState, string>,
};

export const desktopFR: typeof desktopEN = {
  desktopHow: "Il faut le programme Hanaper sur cet ordinateur. Là, une fois : « hanaper vault init », puis « hanaper bridge install ». Ensuite, connectez.",
  desktopConnect: "Connecter…",
  desktopAgain: "Réessayer",
  desktopCode: "Approuvez ce navigateur dans le programme. Il doit montrer le code",
  desktopStates: {
    paired: "Connecté. Les documents vont dans le coffre, sont relus et comparés.",
    asked: "Le programme attend votre accord.",
    not_allowed: "Le navigateur n’a pas été autorisé à parler au programme.",
    not_running: "Le programme ne répond pas. Est-il installé pour ce navigateur (« hanaper bridge install ») ?",
    too_old: "Le programme est plus ancien que cette extension. Mettez-le à jour.",
    extension_too_old: "Cette extension est plus ancienne que le programme. Mettez-la à jour.",
    no_vault: "Le programme n’a pas encore de coffre : « hanaper vault init » en fait un.",
    locked: "Le programme ne peut pas ouvrir le coffre sans vous. « hanaper vault passphrase --keyring » lui permet d’utiliser le trousseau du système.",
    faulty: "Le programme n’a pas pu le faire. Réessayez ; « hanaper vault check » en dit plus.",
  },
};
