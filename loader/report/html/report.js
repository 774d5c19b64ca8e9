// Makes the HTML report interactive: sorts its tables, filters its rows, and remembers ticks.
// Never writes HTML: adds text to the page only as text.
"use strict";

(() => {
  const ROWS_AT_ONCE = 500;
  // Hides the lists while the page loads. Otherwise the browser would lay them out again with each piece that arrives,
  // and a long report would take twice the time.
  document.documentElement.classList.add("js", "is-read");

  const element = (id) => document.getElementById(id);

  function make(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }

  // Ticks, stored in the browser. A file opened from a mail, or in a private window, may have no storage.
  class Ticks {
    constructor(prefix) {
      this.prefix = prefix;
      this.session = new Map();
      this.read();
      this.areKept = this.tryToKeep(prefix, "") && this.tryToKeep(prefix, null);
    }

    tryToKeep(name, value) {
      try {
        if (value === null) window.localStorage.removeItem(name);
        else window.localStorage.setItem(name, value);
        return true;
      } catch {
        return false;
      }
    }

    // Reads all ticks at once, because asking for each of many rows is slow.
    read() {
      this.kept = new Set();
      try {
        for (let at = 0; at < window.localStorage.length; ++at) {
          const name = window.localStorage.key(at);
          if (name.startsWith(this.prefix)) this.kept.add(name.slice(this.prefix.length));
        }
      } catch {
        // There is no storage.
      }
    }

    has(key) {
      return this.session.has(key) ? this.session.get(key) : this.kept.has(key);
    }

    set(key, isDone) {
      this.session.set(key, isDone);
      if (!this.tryToKeep(this.prefix + key, isDone ? "done" : null)) this.areKept = false;
    }
  }

  // One table: its rows, and how many of those that match the filters are shown.
  class Table {
    constructor(table) {
      this.table = table;
      this.list = table.closest(".list");
      this.limit = ROWS_AT_ONCE;
      this.rows = Array.from(table.querySelectorAll("tr.row"), (row) => new Row(row));
      this.rest = make("p", "rest");
      this.rest.hidden = true;
      table.after(this.rest);
      this.headings = Array.from(table.tHead.rows[0].cells);
      this.headings.forEach((heading, column) => this.makeSortable(heading, column));
    }

    makeSortable(heading, column) {
      const name = heading.textContent;
      const button = make("button", "sort", name);
      button.type = "button";
      button.addEventListener("click", () => this.sort(column, name));
      // On paper, plain text replaces the button, because Chromium does not repeat headings with buttons on each page.
      heading.replaceChildren(make("span", "on-paper", name), button);
    }

    sort(column, name) {
      const heading = this.headings[column];
      const descending = heading.getAttribute("aria-sort") === "ascending";
      this.headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
      const sign = descending ? -1 : 1;
      const keys = new Map(this.rows.map((row) => [row, row.sortKey(column)]));
      this.rows.sort((a, b) => sign * collator.compare(keys.get(a), keys.get(b)));
      // Keeps each row below the heading of its group.
      for (const body of this.table.tBodies) {
        const sorted = document.createDocumentFragment();
        this.rows.filter((row) => row.body === body).forEach((row) => sorted.append(row.element));
        body.append(sorted);
      }
      this.show();
      const order = descending ? "descending" : "ascending";
      page.say(`sorted by ${name}, ${order}`);
    }

    choose(fits) {
      for (const row of this.rows) row.fits = fits(row);
      this.show();
    }

    show() {
      let shown = 0;
      let fitting = 0;
      const bodies = new Set();
      for (const row of this.rowsAsTheyStand()) {
        if (row.fits) ++fitting;
        const isLater = row.fits && fitting > this.limit;
        row.show(row.fits, isLater);
        if (!row.fits || isLater) continue;
        ++shown;
        bodies.add(row.body);
      }
      this.showHeadings(bodies);
      this.list.hidden = fitting === 0;
      this.fitting = fitting;
      this.offerRest(fitting - shown);
    }

    // Shows the heading of a kind of action only if one of its groups is shown.
    showHeadings(bodies) {
      let kind = null;
      for (const body of this.table.tBodies) {
        const isKind = body.classList.contains("kind");
        body.hidden = isKind || !bodies.has(body);
        if (isKind) kind = body;
        else if (kind !== null && !body.hidden) kind.hidden = false;
      }
    }

    // `rows` is sorted across groups, but the page shows one group after the other.
    rowsAsTheyStand() {
      if (this.table.tBodies.length === 1) return this.rows;
      return Array.from(this.table.tBodies).flatMap((body) => this.rows.filter((row) => row.body === body));
    }

    offerRest(count) {
      this.rest.hidden = count === 0;
      if (count === 0) return;
      const more = (text, rows) => {
        const button = make("button", "", text);
        button.type = "button";
        button.addEventListener("click", () => {
          this.limit += rows;
          this.show();
        });
        return button;
      };
      this.rest.replaceChildren(`${count} more rows. `);
      if (count > ROWS_AT_ONCE) this.rest.append(more(`Show ${ROWS_AT_ONCE} more`, ROWS_AT_ONCE));
      this.rest.append(more("Show all", count));
    }
  }

  class Row {
    constructor(row) {
      this.element = row;
      this.body = row.parentNode;
      this.key = row.dataset.key;
      this.box = row.querySelector("input");
      this.fits = true;
      this.isShown = true;
      this.isLater = row.classList.contains("later");
    }

    // Changing a row is slow, so rows that stay as they are must not be touched.
    show(isShown, isLater) {
      if (isShown !== this.isShown) this.element.hidden = !isShown;
      if (isLater !== this.isLater) this.element.classList.toggle("later", isLater);
      this.isShown = isShown;
      this.isLater = isLater;
    }

    hasOutcome(code) {
      this.outcomes ??= this.element.dataset.outcomes.split(" ");
      return this.outcomes.includes(code);
    }

    asksFor(kind) {
      this.actions ??= this.element.dataset.actions.split(" ");
      return this.actions.includes(kind);
    }

    get isDone() {
      return this.box !== null && this.box.checked;
    }

    sortKey(column) {
      const cell = this.element.cells[column];
      if (this.box !== null && column === 0) return this.isDone ? "1" : "0";
      return cell.textContent;
    }

    has(words) {
      this.text ??= this.element.textContent.toLowerCase();
      return words.every((word) => this.text.includes(word));
    }

    tick(isDone) {
      this.box.checked = isDone;
      this.element.classList.toggle("is-done", isDone);
    }
  }

  class Library {
    constructor(section) {
      this.section = section;
      this.tables = Array.from(section.querySelectorAll("table.rows"), (table) => new Table(table));
      this.boxes = this.tables.flatMap((table) => table.rows).filter((row) => row.box !== null);
      this.done = make("p", "library-done");
      if (this.boxes.length > 0) section.querySelector("h2").after(this.done);
    }

    count() {
      const done = this.boxes.filter((row) => row.isDone).length;
      this.done.textContent = `${done} of ${this.boxes.length} done`;
      return done;
    }
  }

  const page = {
    start() {
      this.ticks = new Ticks(document.body.dataset.key);
      this.libraries = Array.from(document.querySelectorAll(".library"), (section) => new Library(section));
      this.none = make("p", "", "No rows match the filters.");
      this.none.id = "none";
      element("libraries").append(this.none);
      this.restoreTicks();
      element("libraries").addEventListener("change", (event) => this.tick(event.target));
      window.addEventListener("storage", () => {
        this.ticks.read();
        this.restoreTicks();
      });
      let waiting = 0;
      element("words").addEventListener("input", () => {
        window.clearTimeout(waiting);
        waiting = window.setTimeout(() => this.choose(), 150);
      });
      for (const id of ["outcome", "action", "open-only"]) element(id).addEventListener("change", () => this.choose());
      element("library").addEventListener("change", () => this.goTo(element("library").value));
      element("print").addEventListener("click", () => window.print());
      window.addEventListener("hashchange", () => this.followAddress());
      element("tools").hidden = this.libraries.every((library) => library.tables.length === 0);
    },

    allRows() {
      return this.libraries.flatMap((library) => library.boxes);
    },

    restoreTicks() {
      for (const row of this.allRows()) {
        const isDone = this.ticks.has(row.key);
        if (isDone !== row.isDone) row.tick(isDone);
      }
      this.count();
    },

    tick(box) {
      const row = this.allRows().find((candidate) => candidate.box === box);
      if (row === undefined) return;
      row.tick(box.checked);
      this.ticks.set(row.key, box.checked);
      this.count();
    },

    count() {
      const done = this.libraries.reduce((sum, library) => sum + library.count(), 0);
      const all = this.allRows().length;
      element("done").textContent = `${done} of ${all} done`;
      element("progress").max = Math.max(all, 1);
      element("progress").value = done;
      const notice = element("not-kept");
      notice.hidden = this.ticks.areKept;
      if (!this.ticks.areKept)
        notice.textContent =
          "This browser can't store check marks for this page: they are lost when it is closed or reloaded. Print it, or save it to a folder and open it from there.";
    },

    // The fragment of the address selects a library, so that links can lead to it.
    followAddress() {
      const wanted = decodeURIComponent(window.location.hash.slice(1));
      const library = this.libraries.find((candidate) => candidate.section.id === wanted);
      if (wanted !== "" && library === undefined) return this.choose();
      element("library").value = wanted;
      this.choose();
      if (library !== undefined) library.section.scrollIntoView();
    },

    goTo(id) {
      const address = window.location.href.split("#")[0];
      window.history.replaceState(null, "", id === "" ? address : `${address}#${id}`);
      this.choose();
    },

    choose() {
      const words = element("words").value.toLowerCase().split(/\s+/).filter((word) => word !== "");
      const outcome = element("outcome").value;
      const action = element("action").value;
      const openOnly = element("open-only").checked;
      const id = element("library").value;
      const everything = words.length === 0 && outcome === "" && action === "" && !openOnly;
      const fits = (row) =>
        row.has(words) &&
        (outcome === "" || row.hasOutcome(outcome)) &&
        (action === "" || row.asksFor(action)) &&
        !(openOnly && row.isDone);
      let shown = 0;
      let all = 0;
      for (const library of this.libraries) {
        const isChosen = id === "" || library.section.id === id;
        let fitting = 0;
        for (const table of library.tables) {
          table.choose(fits);
          all += table.rows.length;
          fitting += table.fitting;
        }
        library.section.hidden = !isChosen || (fitting === 0 && !everything);
        if (isChosen) shown += fitting;
      }
      this.none.hidden = this.libraries.some((library) => !library.section.hidden);
      this.rows = shown === all ? `${all} rows` : `${shown} of ${all} rows`;
      this.say();
    },

    say(more) {
      element("shown").textContent = more === undefined ? this.rows : `${this.rows}, ${more}`;
    },
  };

  document.addEventListener("DOMContentLoaded", () => {
    try {
      page.start();
    } finally {
      document.documentElement.classList.remove("is-read");
    }
    page.followAddress();
  });
})();
