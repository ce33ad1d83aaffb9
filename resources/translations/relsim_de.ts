<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>Not there now</source>
        <translation>Gerade nicht da</translation>
    </message>
    <message>
        <source>Picture (PNG)</source>
        <translation>Bild (PNG)</translation>
    </message>
    <message>
        <source>Document (PDF)</source>
        <translation>Dokument (PDF)</translation>
    </message>
    <message>
        <source>Web page (HTML)</source>
        <translation>Webseite (HTML)</translation>
    </message>
    <message>
        <source>Folder of copies</source>
        <translation>Ordner mit Kopien</translation>
    </message>
    <message>
        <source>The proxy that is set up cannot be used: {error}</source>
        <translation>Der eingerichtete Proxy ist nicht brauchbar: {error}</translation>
    </message>
    <message>
        <source>{host} leads on and on, or away from the web: open the link, and drag the picture</source>
        <translation>{host} leitet immer weiter oder aus dem Web hinaus: den Link öffnen und das Bild selbst ziehen</translation>
    </message>
    <message>
        <source>{host} is too slow: save the picture from the browser and drop the file</source>
        <translation>{host} ist zu langsam: das Bild im Browser sichern und die Datei hierher ziehen</translation>
    </message>
    <message>
        <source>{host} has no such picture ({status}): the link is out of date</source>
        <translation>{host} hat kein solches Bild ({status}): der Link ist veraltet</translation>
    </message>
    <message>
        <source>{host} does not hand the picture out ({status}): save it from the browser and drop the file</source>
        <translation>{host} gibt das Bild nicht heraus ({status}): im Browser sichern und die Datei hierher ziehen</translation>
    </message>
    <message>
        <source>{host} packs its pictures: save this one from the browser and drop the file</source>
        <translation>{host} verpackt seine Bilder: dieses im Browser speichern und die Datei ablegen</translation>
    </message>
    <message>
        <source>That link leads to a page of {host}, not to a picture: open it, and drag the picture itself</source>
        <translation>Dieser Link führt zu einer Seite von {host}, nicht zu einem Bild: öffnen und das Bild selbst ziehen</translation>
    </message>
    <message>
        <source>The picture at {host} is larger than {size}: save it and drop the file</source>
        <translation>Das Bild bei {host} ist größer als {size}: sichern und die Datei hierher ziehen</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>Querformat</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>Hochformat</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Quadrat</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Schwarz</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Weiß</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>Braun</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Türkis</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>Since {date}</source>
        <translation>Seit {date}</translation>
    </message>
    <message>
        <source>Until {date}</source>
        <translation>Bis {date}</translation>
    </message>
    <message>
        <source>Any score</source>
        <translation>Jeder Wert</translation>
    </message>
    <message>
        <source>{passed} of {of} pictures pass</source>
        <translation>{passed} von {of} Bildern passen</translation>
    </message>
    <message>
        <source>Removed {folder} from the library; its files are untouched. Ctrl+Z brings it back</source>
        <translation>{folder} aus der Bibliothek entfernt; die Dateien sind unberührt. Strg+Z holt ihn zurück</translation>
    </message>
    <message>
        <source>removing {folder}</source>
        <translation>Entfernen von {folder}</translation>
    </message>
    <message>
        <source>{folder} has been forgotten meanwhile, and is not there to be added again</source>
        <translation>{folder} wurde inzwischen vergessen und kann nicht wieder aufgenommen werden, weil der Ordner nicht da ist</translation>
    </message>
    <message>
        <source>Its pictures are found in {folder} now</source>
        <translation>Seine Bilder werden jetzt in {folder} gefunden</translation>
    </message>
    <message>
        <source>moving {folder}</source>
        <translation>Umziehen von {folder}</translation>
    </message>
    <message>
        <source>changing what is left out</source>
        <translation>Ändern der Ausschlüsse</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) found</source>
        <translation>
            <numerusform>%Ln Bild gefunden</numerusform>
            <numerusform>%Ln Bilder gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} indexed</source>
        <translation>{n} aufgenommen</translation>
    </message>
    <message>
        <source>{n} waiting</source>
        <translation>{n} warten</translation>
    </message>
    <message>
        <source>{n} failed</source>
        <translation>{n} gescheitert</translation>
    </message>
    <message>
        <source>{n} offline</source>
        <translation>{n} offline</translation>
    </message>
    <message>
        <source>{n} skipped</source>
        <translation>{n} ausgelassen</translation>
    </message>
    <message>
        <source>Offline: not there now. Nothing is lost; it is noticed when it comes back</source>
        <translation>Offline: gerade nicht da. Nichts ist verloren; es fällt auf, wenn der Ordner wiederkommt</translation>
    </message>
    <message>
        <source>There, not watched: look for changes yourself</source>
        <translation>Da, nicht beobachtet: Änderungen selbst suchen lassen</translation>
    </message>
    <message>
        <source>There</source>
        <translation>Da</translation>
    </message>
    <message>
        <source>There, watched: changes are noticed at once</source>
        <translation>Da, beobachtet: Änderungen fallen sofort auf</translation>
    </message>
    <message>
        <source>There, looked through every minute: {reason}</source>
        <translation>Da, jede Minute durchgesehen: {reason}</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) disappeared from here at once. Nothing is forgotten: they come back with their files. Is a drive missing? Has a part of the folder moved? Then add the folder that it is in now.</source>
        <translation>
            <numerusform>%Ln Bild ist hier verschwunden. Nichts wird vergessen: Es kommt mit seiner Datei wieder. Fehlt ein Laufwerk? Ist ein Teil des Ordners umgezogen? Dann den Ordner aufnehmen, in dem er jetzt liegt.</numerusform>
            <numerusform>%Ln Bilder sind hier auf einmal verschwunden. Nichts wird vergessen: Sie kommen mit ihren Dateien wieder. Fehlt ein Laufwerk? Ist ein Teil des Ordners umgezogen? Dann den Ordner aufnehmen, in dem er jetzt liegt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Line {line}: “{text}” is not a pattern</source>
        <translation>Zeile {line}: „{text}“ ist kein Muster</translation>
    </message>
    <message>
        <source>Hides {hidden} of {of} pictures</source>
        <translation>Blendet {hidden} von {of} Bildern aus</translation>
    </message>
    <message>
        <source>The database has problems; see below</source>
        <translation>Die Datenbank hat Fehler; siehe unten</translation>
    </message>
    <message>
        <source>The numbers do not add up just now: pictures are being indexed</source>
        <translation>Die Zahlen gehen gerade nicht auf: Es werden Bilder aufgenommen</translation>
    </message>
    <message numerus="yes">
        <source>Everything adds up; %n file(s) could not be read</source>
        <translation>
            <numerusform>Alles geht auf; %Ln Datei war nicht lesbar</numerusform>
            <numerusform>Alles geht auf; %Ln Dateien waren nicht lesbar</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything adds up; a folder is not there now</source>
        <translation>Alles geht auf; ein Ordner ist gerade nicht da</translation>
    </message>
    <message>
        <source>Everything adds up</source>
        <translation>Alles geht auf</translation>
    </message>
    <message>
        <source>{n} found</source>
        <translation>{n} gefunden</translation>
    </message>
    <message numerus="yes">
        <source>%n different picture(s) among the indexed files</source>
        <translation>
            <numerusform>%Ln Bild in den aufgenommenen Dateien</numerusform>
            <numerusform>%Ln verschiedene Bilder in den aufgenommenen Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>all can be filtered</source>
        <translation>alle lassen sich filtern</translation>
    </message>
    <message>
        <source>{n} of them can be filtered so far</source>
        <translation>{n} davon lassen sich bisher filtern</translation>
    </message>
    <message>
        <source>{done} of {of} by {model}</source>
        <translation>{done} von {of} durch {model}</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>Every picture is compared: exact, and fast enough for a library of this size</source>
        <translation>Jedes Bild wird verglichen: genau, und schnell genug für eine Bibliothek dieser Größe</translation>
    </message>
    <message>
        <source>A graph (HNSW): much faster than comparing every picture, and nearly exact</source>
        <translation>Ein Graph (HNSW): viel schneller als jedes Bild zu vergleichen, und fast genau</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Wird gemessen …</translation>
    </message>
    <message>
        <source>Measuring: {done} of {of} questions</source>
        <translation>Wird gemessen: {done} von {of} Fragen</translation>
    </message>
    <message>
        <source>Not measured yet: how many of the true ten nearest the index finds</source>
        <translation>Noch nicht gemessen: wie viele der wahren zehn nächsten der Index findet</translation>
    </message>
    <message>
        <source>{percent}% of the true ten nearest are found</source>
        <translation>{percent} % der wahren zehn nächsten werden gefunden</translation>
    </message>
    <message>
        <source>being checked…</source>
        <translation>wird geprüft …</translation>
    </message>
    <message>
        <source>not checked since the start</source>
        <translation>seit dem Start nicht geprüft</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>in Ordnung</translation>
    </message>
    <message>
        <source>None: a library of this size needs none</source>
        <translation>Keiner: eine Bibliothek dieser Größe braucht keinen</translation>
    </message>
    <message>
        <source>{size}, rebuilt if it is missing</source>
        <translation>{size}, entsteht neu, wenn er fehlt</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message numerus="yes">
        <source>%n copy(ies) from before the library was brought to a newer format</source>
        <translation>
            <numerusform>%Ln Kopie von vor dem Umstieg der Bibliothek auf ein neueres Format</numerusform>
            <numerusform>%Ln Kopien von vor dem Umstieg der Bibliothek auf ein neueres Format</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} are free now</source>
        <translation>{size} sind gerade frei</translation>
    </message>
    <message>
        <source>, a file is missing</source>
        <translation>, eine Datei fehlt</translation>
    </message>
    <message>
        <source> (missing)</source>
        <translation> (fehlt)</translation>
    </message>
    <message>
        <source>Relation {relation}, look {look}, by {model}</source>
        <translation>Beziehung {relation}, Aussehen {look}, von {model}</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>not indexed yet</source>
        <translation>noch nicht aufgenommen</translation>
    </message>
    <message>
        <source>indexed</source>
        <translation>aufgenommen</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>not there now</source>
        <translation>gerade nicht da</translation>
    </message>
    <message>
        <source>relational similarity by {model} {score}</source>
        <translation>Ähnlichkeit der Logik nach {model} {score}</translation>
    </message>
    <message>
        <source>Analogy {number}</source>
        <translation>Analogie {number}</translation>
    </message>
    <message>
        <source>A mere copy</source>
        <translation>Eine bloße Kopie</translation>
    </message>
    <message>
        <source>Another idea</source>
        <translation>Eine andere Idee</translation>
    </message>
    <message>
        <source>Not ranked yet</source>
        <translation>Noch nicht eingeordnet</translation>
    </message>
    <message>
        <source>relational similarity {score}</source>
        <translation>Ähnlichkeit der Logik {score}</translation>
    </message>
    <message>
        <source>The two {look} (attribute similarity {score})</source>
        <translation>Die beiden {look} (Ähnlichkeit des Aussehens {score})</translation>
    </message>
    <message>
        <source>It repeats the reference: related, because it is the same picture</source>
        <translation>Es wiederholt die Vorlage: verwandt, weil es dasselbe Bild ist</translation>
    </message>
    <message>
        <source>Its idea is no closer to the reference than that of any two pictures</source>
        <translation>Seine Idee ist der Vorlage nicht näher als die zweier beliebiger Bilder</translation>
    </message>
    <message>
        <source>, seed {seed}</source>
        <translation>, Startwert {seed}</translation>
    </message>
    <message>
        <source>Made by {generator}{seed}</source>
        <translation>Erzeugt von {generator}{seed}</translation>
    </message>
    <message>
        <source>Not kept yet</source>
        <translation>Noch nicht behalten</translation>
    </message>
    <message>
        <source>Place {place}</source>
        <translation>Platz {place}</translation>
    </message>
    <message>
        <source>relation {score}</source>
        <translation>Beziehung {score}</translation>
    </message>
    <message>
        <source>look {score}</source>
        <translation>Aussehen {score}</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>Still empty: {slots}</source>
        <translation>Noch leer: {slots}</translation>
    </message>
    <message>
        <source>Ranking the pictures…</source>
        <translation>Bilder werden eingeordnet …</translation>
    </message>
    <message>
        <source>Keeping the pictures…</source>
        <translation>Bilder werden behalten …</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>Waking the generator…</source>
        <translation>Generator wird geladen …</translation>
    </message>
    <message>
        <source>Making picture {number} of {count}</source>
        <translation>Bild {number} von {count} entsteht</translation>
    </message>
    <message>
        <source>{pictures}, best first</source>
        <translation>{pictures}, das beste zuerst</translation>
    </message>
    <message>
        <source>{made}, then stopped</source>
        <translation>{made}, dann angehalten</translation>
    </message>
    <message numerus="yes">
        <source>%n near-identical picture(s) collapsed</source>
        <translation>
            <numerusform>%Ln fast gleiches Bild zusammengefasst</numerusform>
            <numerusform>%Ln fast gleiche Bilder zusammengefasst</numerusform>
        </translation>
    </message>
    <message>
        <source>{relation}: closer than {share} of this library’s pictures</source>
        <translation>{relation}: näher als {share} der Bilder dieser Bibliothek</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>not available: {reason}</source>
        <translation>nicht verfügbar: {reason}</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Beziehung</translation>
    </message>
    <message>
        <source>By logic</source>
        <translation>Nach Logik</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>By look</source>
        <translation>Nach Aussehen</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Relation {score}, {rank} of {of} by logic</source>
        <translation>Beziehung {score}, Rang {rank} von {of} in der Logik</translation>
    </message>
    <message>
        <source>Look {score}, {rank} of {of} by look</source>
        <translation>Aussehen {score}, Rang {rank} von {of} im Aussehen</translation>
    </message>
    <message>
        <source>Step {number}: {name}</source>
        <translation>Schritt {number}: {name}</translation>
    </message>
    <message>
        <source>Good analogy</source>
        <translation>Gute Analogie</translation>
    </message>
    <message>
        <source>Only looks alike</source>
        <translation>Sieht nur ähnlich aus</translation>
    </message>
    <message>
        <source>No analogy</source>
        <translation>Keine Analogie</translation>
    </message>
    <message>
        <source>Your verdict</source>
        <translation>Eigenes Urteil</translation>
    </message>
    <message>
        <source>Only two pictures of the library can be judged: add this one to it first</source>
        <translation>Nur zwei Bilder der Bibliothek lassen sich beurteilen: dieses zuerst aufnehmen</translation>
    </message>
    <message>
        <source>Only pictures that are indexed can be put on a board</source>
        <translation>Nur aufgenommene Bilder passen auf ein Board</translation>
    </message>
    <message>
        <source>Pick a picture first</source>
        <translation>Zuerst ein Bild wählen</translation>
    </message>
    <message>
        <source>taking a verdict back</source>
        <translation>Zurücknehmen eines Urteils</translation>
    </message>
    <message>
        <source>new board</source>
        <translation>neues Board</translation>
    </message>
    <message>
        <source>deleting a board</source>
        <translation>Löschen eines Boards</translation>
    </message>
    <message>
        <source>renaming a board</source>
        <translation>Umbenennen eines Boards</translation>
    </message>
    <message>
        <source>adding to a board</source>
        <translation>Legen auf ein Board</translation>
    </message>
    <message>
        <source>removing from a board</source>
        <translation>Nehmen von einem Board</translation>
    </message>
    <message>
        <source>writing a note</source>
        <translation>Schreiben einer Notiz</translation>
    </message>
    <message>
        <source>arranging a board</source>
        <translation>Anordnen eines Boards</translation>
    </message>
    <message>
        <source>merging boards</source>
        <translation>Zusammenlegen von Boards</translation>
    </message>
    <message>
        <source>moving to another board</source>
        <translation>Umzug auf ein anderes Board</translation>
    </message>
    <message>
        <source>Merged “{source}” into “{target}”; Ctrl+Z undoes it</source>
        <translation>„{source}“ in „{target}“ aufgenommen; Strg+Z macht es rückgängig</translation>
    </message>
    <message>
        <source>Moved from “{source}” to “{target}”; Ctrl+Z undoes it</source>
        <translation>Von „{source}“ nach „{target}“ gebracht; Strg+Z macht es rückgängig</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be put on the board: not readable as pictures</source>
        <translation>
            <numerusform>%Ln Datei konnte nicht auf das Board: nicht als Bild lesbar</numerusform>
            <numerusform>%Ln Dateien konnten nicht auf das Board: nicht als Bilder lesbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them is/are not in the library yet</source>
        <translation>
            <numerusform>Eines davon ist noch nicht in der Bibliothek</numerusform>
            <numerusform>%Ln davon sind noch nicht in der Bibliothek</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %n picture(s) on “{board}”</source>
        <translation>
            <numerusform>%Ln Bild auf „{board}“ gelegt</numerusform>
            <numerusform>%Ln Bilder auf „{board}“ gelegt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Took %n picture(s) off “{board}”; Ctrl+Z undoes it</source>
        <translation>
            <numerusform>%Ln Bild von „{board}“ genommen; Strg+Z macht es rückgängig</numerusform>
            <numerusform>%Ln Bilder von „{board}“ genommen; Strg+Z macht es rückgängig</numerusform>
        </translation>
    </message>
    <message>
        <source>Renamed “{before}” to “{after}”</source>
        <translation>„{before}“ heißt jetzt „{after}“</translation>
    </message>
    <message>
        <source>“{board}” holds that already</source>
        <translation>„{board}“ enthält das schon</translation>
    </message>
    <message>
        <source>Deleted the board “{board}”; Ctrl+Z undoes it</source>
        <translation>Board „{board}“ gelöscht; Strg+Z macht es rückgängig</translation>
    </message>
    <message>
        <source>Made the board “{board}”</source>
        <translation>Board „{board}“ angelegt</translation>
    </message>
    <message numerus="yes">
        <source>Put %n picture(s) on the new board “{board}”</source>
        <translation>
            <numerusform>%Ln Bild auf das neue Board „{board}“ gelegt</numerusform>
            <numerusform>%Ln Bilder auf das neue Board „{board}“ gelegt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not there now</source>
        <translation>
            <numerusform>%Ln gerade nicht da</numerusform>
            <numerusform>%Ln gerade nicht da</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n board(s)</source>
        <translation>
            <numerusform>%Ln Board</numerusform>
            <numerusform>%Ln Boards</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n good analogy/analogies</source>
        <translation>
            <numerusform>%Ln gute Analogie</numerusform>
            <numerusform>%Ln gute Analogien</numerusform>
        </translation>
    </message>
    <message>
        <source>Left out, with fewer than two pictures that are there now: {names}.</source>
        <translation>Ausgelassen, weil weniger als zwei ihrer Bilder gerade da sind: {names}.</translation>
    </message>
    <message numerus="yes">
        <source>Exported %n group(s)</source>
        <translation>
            <numerusform>%Ln Gruppe exportiert</numerusform>
            <numerusform>%Ln Gruppen exportiert</numerusform>
        </translation>
    </message>
    <message>
        <source>{pictures}: {number} in groups</source>
        <translation>{pictures}: {number} in Gruppen</translation>
    </message>
    <message numerus="yes">
        <source>%n left alone</source>
        <translation>
            <numerusform>%Ln blieb allein</numerusform>
            <numerusform>%Ln blieben allein</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) from {source}</source>
        <translation>
            <numerusform>%Ln Gruppe aus {source}</numerusform>
            <numerusform>%Ln Gruppen aus {source}</numerusform>
        </translation>
    </message>
    <message>
        <source>Not in the library now</source>
        <translation>Gerade nicht in der Bibliothek</translation>
    </message>
    <message>
        <source>{name}, not there now</source>
        <translation>{name}, gerade nicht da</translation>
    </message>
    <message>
        <source>Its folder has left the library; add the folder again to see it here</source>
        <translation>Sein Ordner gehört nicht mehr zur Bibliothek; wieder aufnehmen, um es hier zu sehen</translation>
    </message>
    <message>
        <source>Reading the library</source>
        <translation>Bibliothek wird gelesen</translation>
    </message>
    <message>
        <source>Looking for groups</source>
        <translation>Gruppen werden gesucht</translation>
    </message>
    <message>
        <source>Joining what is alike</source>
        <translation>Ähnliches wird verbunden</translation>
    </message>
    <message>
        <source>Choosing the number of groups</source>
        <translation>Zahl der Gruppen wird gewählt</translation>
    </message>
    <message>
        <source>Sorting the pictures</source>
        <translation>Bilder werden sortiert</translation>
    </message>
    <message>
        <source>Naming the groups</source>
        <translation>Gruppen werden benannt</translation>
    </message>
    <message>
        <source>Drawing the map</source>
        <translation>Karte wird gezeichnet</translation>
    </message>
    <message>
        <source>Unnamed group {number}</source>
        <translation>Gruppe {number} ohne Namen</translation>
    </message>
    <message>
        <source>No clear group</source>
        <translation>Keine klare Gruppe</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>No caption fits this group well</source>
        <translation>Keine Beschreibung passt gut zu dieser Gruppe</translation>
    </message>
    <message>
        <source>Named in your words</source>
        <translation>Mit eigenen Worten benannt</translation>
    </message>
    <message>
        <source>Named by what a captioner wrote of most of it</source>
        <translation>Benannt nach dem, was ein Beschreiber zu den meisten davon schrieb</translation>
    </message>
    <message>
        <source>Named from the caption bank, confident ({share})</source>
        <translation>Benannt aus der Bank, sicher ({share})</translation>
    </message>
    <message>
        <source>Named from the caption bank, fairly sure ({share})</source>
        <translation>Benannt aus der Bank, recht sicher ({share})</translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s)</source>
        <translation>
            <numerusform>%Ln Gruppe</numerusform>
            <numerusform>%Ln Gruppen</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} in no clear group</source>
        <translation>{count} in keiner klaren Gruppe</translation>
    </message>
    <message>
        <source>{count} new since</source>
        <translation>{count} seitdem neu</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>Exported {groups} groups of {pictures} pictures to {file}</source>
        <translation>{groups} Gruppen mit {pictures} Bildern nach {file} exportiert</translation>
    </message>
    <message>
        <source>; {count} are offline</source>
        <translation>; {count} sind offline</translation>
    </message>
    <message>
        <source>No clear relation in common</source>
        <translation>Keine klare Beziehung gemeinsam</translation>
    </message>
    <message>
        <source>The walk ends where it begins: nothing near looks different enough</source>
        <translation>Der Weg endet, wo er beginnt: Nichts in der Nähe sieht verschieden genug aus</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln Schritt</numerusform>
            <numerusform>%Ln Schritte</numerusform>
        </translation>
    </message>
    <message>
        <source>the weakest link is number {number}: {score}</source>
        <translation>das schwächste Glied ist Nummer {number}: {score}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln link(s) are hardly more related than any two pictures</source>
        <translation>
            <numerusform>%Ln Glied ist kaum verwandter als zwei beliebige Bilder</numerusform>
            <numerusform>%Ln Glieder sind kaum verwandter als zwei beliebige Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Small model</source>
        <translation>Kleines Modell</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>Basismodell</translation>
    </message>
    <message>
        <source>Large model</source>
        <translation>Großes Modell</translation>
    </message>
    <message>
        <source>Captioner</source>
        <translation>Beschreiber</translation>
    </message>
    <message>
        <source>For metrics</source>
        <translation>Für Maße</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>Wartet, bis es an der Reihe ist</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Wird kopiert</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Wird entfernt</translation>
    </message>
    <message>
        <source>{} of memory</source>
        <translation>{} Speicher</translation>
    </message>
    <message>
        <source>{} in 8 bits</source>
        <translation>{} in 8 Bit</translation>
    </message>
    <message>
        <source>{} in 4 bits</source>
        <translation>{} in 4 Bit</translation>
    </message>
    <message>
        <source>The small model that comes with the program: relational and attribute vectors, on any computer.</source>
        <translation>Das kleine Modell, das zum Programm gehört: Vektoren für Logik und Aussehen, auf jedem Computer.</translation>
    </message>
    <message>
        <source>The vision-language model that relsim-7b and its captioner are built on.</source>
        <translation>Das Bild-Sprach-Modell, auf dem relsim-7b und sein Beschreiber beruhen.</translation>
    </message>
    <message>
        <source>The published model of Relational Visual Similarity: relational vectors, made for a graphics card.</source>
        <translation>Das veröffentlichte Modell aus „Relational Visual Similarity“: Vektoren für die Logik, für eine Grafikkarte gemacht.</translation>
    </message>
    <message>
        <source>The published anonymous captioner: one sentence on what a picture shows, without naming the things in it.</source>
        <translation>Der veröffentlichte anonyme Beschreiber: ein Satz dazu, was ein Bild zeigt, ohne die Dinge darin zu nennen.</translation>
    </message>
    <message>
        <source>What CLIP sees in pictures: for the metrics CLIP-I and CLIP-T, and to train from.</source>
        <translation>Was CLIP in Bildern sieht: für die Maße CLIP-I und CLIP-T, und als Grundlage für das Training.</translation>
    </message>
    <message>
        <source>What DINOv2 sees in pictures: for the metric DINO, and to train from.</source>
        <translation>Was DINOv2 in Bildern sieht: für das Maß DINO, und als Grundlage für das Training.</translation>
    </message>
    <message>
        <source>Comes with {model}</source>
        <translation>Kommt mit {model}</translation>
    </message>
    <message>
        <source>Comes with the program</source>
        <translation>Gehört zum Programm</translation>
    </message>
    <message>
        <source>Needs {models}</source>
        <translation>Braucht {models}</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>{part} downloaded</source>
        <translation>{part} geladen</translation>
    </message>
    <message>
        <source>Not installed</source>
        <translation>Nicht installiert</translation>
    </message>
    <message>
        <source>{size} on this computer</source>
        <translation>{size} auf diesem Computer</translation>
    </message>
    <message>
        <source>Download of about {size}</source>
        <translation>Download von etwa {size}</translation>
    </message>
    <message>
        <source>, with its base {size}</source>
        <translation>, mit dem Basismodell {size}</translation>
    </message>
    <message>
        <source>needs {memory}</source>
        <translation>braucht {memory}</translation>
    </message>
    <message>
        <source>, or </source>
        <translation>, oder </translation>
    </message>
    <message>
        <source>{licence}: non-commercial use only</source>
        <translation>{licence}: nur für nicht kommerzielle Zwecke</translation>
    </message>
    <message>
        <source>From {host}:</source>
        <translation>Von {host}:</translation>
    </message>
    <message>
        <source>{title}, about {size}</source>
        <translation>{title}, etwa {size}</translation>
    </message>
    <message>
        <source>{repository}, licence {licence}</source>
        <translation>{repository}, Lizenz {licence}</translation>
    </message>
    <message>
        <source>In all about {size}, of which {here} are here already.</source>
        <translation>Insgesamt etwa {size}, davon sind {here} schon hier.</translation>
    </message>
    <message>
        <source>In all about {size}.</source>
        <translation>Insgesamt etwa {size}.</translation>
    </message>
    <message>
        <source>{models} may be used for non-commercial purposes only ({licence}).</source>
        <translation>{models}: nur für nicht kommerzielle Zwecke ({licence}).</translation>
    </message>
    <message>
        <source>{size} are free.</source>
        <translation>{size} sind frei.</translation>
    </message>
    <message numerus="yes">
        <source>{model}: {number} of %n picture(s) embedded; until then it re-ranks {small}’s answers</source>
        <translation>
            <numerusform>{model}: {number} von %Ln Bild eingebettet; bis dahin ordnet es die Antworten von {small} neu</numerusform>
            <numerusform>{model}: {number} von %Ln Bildern eingebettet; bis dahin ordnet es die Antworten von {small} neu</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{model} is looking…</source>
        <translation>{model} sieht nach …</translation>
    </message>
    <message>
        <source>Without {model}: {why}</source>
        <translation>Ohne {model}: {why}</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinung</translation>
    </message>
    <message>
        <source>Analogies</source>
        <translation>Analogien</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>Wirkt beim nächsten Start.</translation>
    </message>
    <message>
        <source>Takes effect when a large model is loaded next.</source>
        <translation>Wirkt, wenn das nächste Mal ein großes Modell geladen wird.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Light or dark colours, or those of the system.</source>
        <translation>Helle oder dunkle Farben, oder die des Systems.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Of menus, messages and help. Captions of pictures stay English.</source>
        <translation>Von Menüs, Meldungen und Hilfe. Bildbeschreibungen bleiben englisch.</translation>
    </message>
    <message>
        <source>Thumbnail size</source>
        <translation>Größe der Vorschau</translation>
    </message>
    <message>
        <source>How large the pictures of the collection are shown.</source>
        <translation>Wie groß die Bilder der Sammlung erscheinen.</translation>
    </message>
    <message>
        <source>Very small</source>
        <translation>Sehr klein</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Klein</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Groß</translation>
    </message>
    <message>
        <source>Very large</source>
        <translation>Sehr groß</translation>
    </message>
    <message>
        <source>File names</source>
        <translation>Dateinamen</translation>
    </message>
    <message>
        <source>Show the name of each file under its picture in the collection.</source>
        <translation>Den Namen jeder Datei unter ihrem Bild in der Sammlung zeigen.</translation>
    </message>
    <message>
        <source>Surprise</source>
        <translation>Überraschung</translation>
    </message>
    <message>
        <source>How much pictures that look alike are held back, so that the unexpected comes first.</source>
        <translation>Wie sehr ähnlich aussehende Bilder zurückgehalten werden, damit das Unerwartete zuerst kommt.</translation>
    </message>
    <message>
        <source>Collapse near-identical pictures</source>
        <translation>Fast gleiche Bilder zusammenfassen</translation>
    </message>
    <message>
        <source>Show copies and bursts as one neighbor, with their number.</source>
        <translation>Kopien und Serien als einen Nachbarn zeigen, mit ihrer Anzahl.</translation>
    </message>
    <message>
        <source>Learn from verdicts</source>
        <translation>Aus Urteilen lernen</translation>
    </message>
    <message>
        <source>Let good analogies rise, and let what you have judged to be none sink.</source>
        <translation>Gute Analogien steigen lassen und sinken lassen, was keine ist.</translation>
    </message>
    <message>
        <source>Watch folders</source>
        <translation>Ordner beobachten</translation>
    </message>
    <message>
        <source>Take in new and changed pictures while the program runs.</source>
        <translation>Neue und geänderte Bilder aufnehmen, während das Programm läuft.</translation>
    </message>
    <message>
        <source>Describe pictures by themselves</source>
        <translation>Bilder von selbst beschreiben</translation>
    </message>
    <message>
        <source>Let an installed captioner write captions behind the index. On a processor alone one picture takes a minute or more.</source>
        <translation>Einen installierten Beschreiber nach dem Aufnehmen schreiben lassen. Mit dem Prozessor allein dauert ein Bild eine Minute oder länger.</translation>
    </message>
    <message>
        <source>Where a graphics card is</source>
        <translation>Wo eine Grafikkarte ist</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Device of large models</source>
        <translation>Gerät für große Modelle</translation>
    </message>
    <message>
        <source>Where a large model computes. The small one needs no graphics card.</source>
        <translation>Wo ein großes Modell rechnet. Das kleine braucht keine Grafikkarte.</translation>
    </message>
    <message>
        <source>The best that has room</source>
        <translation>Das beste mit genug Platz</translation>
    </message>
    <message>
        <source>NVIDIA graphics card</source>
        <translation>NVIDIA-Grafikkarte</translation>
    </message>
    <message>
        <source>Apple graphics</source>
        <translation>Apple-Grafik</translation>
    </message>
    <message>
        <source>Processor only</source>
        <translation>Nur Prozessor</translation>
    </message>
    <message>
        <source>Keep a large model in memory</source>
        <translation>Großes Modell im Speicher halten</translation>
    </message>
    <message>
        <source>After this long without a question it gives its memory back.</source>
        <translation>Nach dieser Zeit ohne Frage gibt es seinen Speicher zurück.</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>Takes effect when a model is chosen, or at the next start.</source>
        <translation>Wirkt, wenn ein Modell gewählt wird, oder beim nächsten Start.</translation>
    </message>
    <message>
        <source>Fetch dropped links</source>
        <translation>Abgelegte Links holen</translation>
    </message>
    <message>
        <source>Fetch the picture behind a link that you drop or paste. The site then sees you.</source>
        <translation>Das Bild hinter einem abgelegten oder eingefügten Link holen. Die Seite sieht dann, wer fragt.</translation>
    </message>
    <message>
        <source>Location of this library</source>
        <translation>Ort dieser Bibliothek</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Folders and exclusions</source>
        <translation>Ordner und Ausschlüsse</translation>
    </message>
    <message>
        <source>Which folders belong to the library, and what is left out.</source>
        <translation>Welche Ordner zur Bibliothek gehören und was ausgelassen wird.</translation>
    </message>
    <message>
        <source>Folders…</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>Models of this computer</source>
        <translation>Modelle dieses Computers</translation>
    </message>
    <message>
        <source>Download, import, choose and remove models.</source>
        <translation>Modelle laden, importieren, wählen und entfernen.</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle …</translation>
    </message>
    <message>
        <source>What is never sent</source>
        <translation>Was nie gesendet wird</translation>
    </message>
    <message>
        <source>Your pictures, their names, your questions, captions, verdicts and boards never leave this computer. There are no accounts, no statistics and no reports of crashes. The network is used only when you download a model, or drop a link.</source>
        <translation>Bilder, ihre Namen, Fragen, Beschreibungen, Urteile und Boards verlassen diesen Computer nie. Es gibt keine Konten, keine Statistik und keine Absturzberichte. Das Netz wird nur für den Download eines Modells oder einen abgelegten Link benutzt.</translation>
    </message>
    <message>
        <source>All shortcuts</source>
        <translation>Alle Tasten</translation>
    </message>
    <message>
        <source>Every key of the program in one list.</source>
        <translation>Jede Taste des Programms in einer Liste.</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>A few minutes through finding, judging and collecting.</source>
        <translation>In wenigen Minuten durch Finden, Urteilen und Sammeln.</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>Rundgang beginnen</translation>
    </message>
    <message>
        <source>No clear relation</source>
        <translation>Keine klare Beziehung</translation>
    </message>
    <message>
        <source>What is found below is merely the nearest to it.</source>
        <translation>Was darunter gefunden wird, ist nur das Nächste dazu.</translation>
    </message>
    <message>
        <source>Alike in showing no clear relation</source>
        <translation>Beide ohne klare Beziehung</translation>
    </message>
    <message>
        <source>In your words</source>
        <translation>In eigenen Worten</translation>
    </message>
    <message>
        <source>Too few pictures to place it</source>
        <translation>Zu wenige Bilder für eine Einordnung</translation>
    </message>
    <message>
        <source>Scanning</source>
        <translation>Ordner werden durchgesehen</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Bilder werden aufgenommen</translation>
    </message>
    <message>
        <source>Describing</source>
        <translation>Bilder werden beschrieben</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Asking the hub</source>
        <translation>Anfrage läuft</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Wird geschrieben</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>Wird gemessen</translation>
    </message>
    <message>
        <source>Sorting</source>
        <translation>Wird sortiert</translation>
    </message>
    <message>
        <source>Reading vectors</source>
        <translation>Vektoren werden gelesen</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Wird verglichen</translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation>Wird geholt</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Making pictures</source>
        <translation>Bilder werden erzeugt</translation>
    </message>
    <message>
        <source>Strongly related</source>
        <translation>Stark verwandt</translation>
    </message>
    <message>
        <source>Clearly related</source>
        <translation>Klar verwandt</translation>
    </message>
    <message>
        <source>Loosely related</source>
        <translation>Lose verwandt</translation>
    </message>
    <message>
        <source>Hardly related</source>
        <translation>Kaum verwandt</translation>
    </message>
    <message>
        <source>look nearly identical</source>
        <translation>sehen fast gleich aus</translation>
    </message>
    <message>
        <source>look much alike</source>
        <translation>sehen sich sehr ähnlich</translation>
    </message>
    <message>
        <source>look somewhat alike</source>
        <translation>sehen sich etwas ähnlich</translation>
    </message>
    <message>
        <source>look little alike</source>
        <translation>sehen sich wenig ähnlich</translation>
    </message>
    <message>
        <source>look nothing alike</source>
        <translation>sehen ganz verschieden aus</translation>
    </message>
    <message>
        <source>Confident</source>
        <translation>Sicher</translation>
    </message>
    <message>
        <source>Fairly sure</source>
        <translation>Recht sicher</translation>
    </message>
    <message>
        <source>A guess</source>
        <translation>Geraten</translation>
    </message>
    <message>
        <source>{word} ({share}%)</source>
        <translation>{word} ({share} %)</translation>
    </message>
    <message>
        <source>Written by {writer}, pinned</source>
        <translation>Geschrieben von {writer}, festgehalten</translation>
    </message>
    <message>
        <source>Written by {writer}</source>
        <translation>Geschrieben von {writer}</translation>
    </message>
    <message>
        <source>From the caption bank, {sure}</source>
        <translation>Aus der Bank, {sure}</translation>
    </message>
    <message>
        <source>a captioner</source>
        <translation>einem Beschreiber</translation>
    </message>
    <message>
        <source>top {share}</source>
        <translation>beste {share}</translation>
    </message>
    <message>
        <source>Fits better than {share} of this library</source>
        <translation>Passt besser als {share} dieser Bibliothek</translation>
    </message>
    <message>
        <source>{relation}: closer than {share} of this library’s pairs</source>
        <translation>{relation}: näher als {share} der Paare dieser Bibliothek</translation>
    </message>
    <message>
        <source>There are too few pictures yet to say how close in logic that is</source>
        <translation>Noch zu wenige Bilder, um zu sagen, wie nah das in der Logik ist</translation>
    </message>
    <message>
        <source>In logic they are closer than {share} of this library’s pairs</source>
        <translation>In der Logik sind sie sich näher als {share} der Paare dieser Bibliothek</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>a few seconds</source>
        <translation>wenige Sekunden</translation>
    </message>
    <message>
        <source>about {number} s</source>
        <translation>etwa {number} s</translation>
    </message>
    <message>
        <source>about {number} min</source>
        <translation>etwa {number} min</translation>
    </message>
    <message>
        <source>about {number} h</source>
        <translation>etwa {number} h</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%Ln Byte</numerusform>
            <numerusform>%Ln Byte</numerusform>
        </translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>{number} images/s</source>
        <translation>{number} Bilder/s</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message numerus="yes">
        <source>Described %n picture(s)</source>
        <translation>
            <numerusform>%Ln Bild beschrieben</numerusform>
            <numerusform>%Ln Bilder beschrieben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read</source>
        <translation>
            <numerusform>%Ln war nicht lesbar</numerusform>
            <numerusform>%Ln waren nicht lesbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Up to date: %n picture(s)</source>
        <translation>
            <numerusform>Aktuell: %Ln Bild</numerusform>
            <numerusform>Aktuell: %Ln Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n indexed</source>
        <translation>
            <numerusform>%Ln aufgenommen</numerusform>
            <numerusform>%Ln aufgenommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reused</source>
        <translation>
            <numerusform>%Ln schon bekannt</numerusform>
            <numerusform>%Ln schon bekannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%Ln gescheitert</numerusform>
            <numerusform>%Ln gescheitert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>%Ln ausgelassen</numerusform>
            <numerusform>%Ln ausgelassen</numerusform>
        </translation>
    </message>
    <message>
        <source>No pictures found</source>
        <translation>Keine Bilder gefunden</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%Ln gefunden</numerusform>
            <numerusform>%Ln gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Embedding with {model}</source>
        <translation>Einbetten mit {model}</translation>
    </message>
    <message>
        <source>{percent}%</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>There is no other way of so many steps</source>
        <translation>Es gibt keinen anderen Weg mit so vielen Schritten</translation>
    </message>
    <message numerus="yes">
        <source>removing %n comparison(s)</source>
        <translation>
            <numerusform>Entfernen von %Ln Vergleich</numerusform>
            <numerusform>Entfernen von %Ln Vergleichen</numerusform>
        </translation>
    </message>
    <message>
        <source>A brace has no partner: a slot is written {Like this}</source>
        <translation>Eine Klammer hat keine zweite: Ein Platz wird {Like this} geschrieben</translation>
    </message>
    <message>
        <source>It names {words} outside a slot: write a slot such as {Object} instead</source>
        <translation>Sie nennt {words} außerhalb eines Platzes: stattdessen einen Platz wie {Object} schreiben</translation>
    </message>
    <message>
        <source>It has more than {most} words: say only what all the pictures share</source>
        <translation>Sie hat mehr als {most} Wörter: nur sagen, was allen Bildern gemeinsam ist</translation>
    </message>
    <message>
        <source>It has no slot, such as {Subject}, for what differs from picture to picture</source>
        <translation>Sie hat keinen Platz wie {Subject} für das, was von Bild zu Bild verschieden ist</translation>
    </message>
    <message numerus="yes">
        <source>A matrix has {most} pictures at most: %n left out</source>
        <translation>
            <numerusform>Eine Matrix hat höchstens {most} Bilder: %Ln ausgelassen</numerusform>
            <numerusform>Eine Matrix hat höchstens {most} Bilder: %Ln ausgelassen</numerusform>
        </translation>
    </message>
    <message>
        <source>taking {name} out of the matrix</source>
        <translation>Herausnehmen von {name} aus der Matrix</translation>
    </message>
    <message>
        <source>Stopped. “Score again” goes on.</source>
        <translation>Angehalten. „Erneut bewerten“ macht weiter.</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) could not be read: {name}</source>
        <translation>
            <numerusform>%Ln Bild war nicht lesbar: {name}</numerusform>
            <numerusform>%Ln Bilder waren nicht lesbar: {name}</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no pictures among these files</source>
        <translation>Unter diesen Dateien sind keine Bilder</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Eingefügtes Bild</translation>
    </message>
    <message>
        <source>There is no caption yet</source>
        <translation>Noch keine Beschreibung</translation>
    </message>
    <message>
        <source>An empty caption cannot be accepted: press E to write one, or R to reject the group</source>
        <translation>Eine leere Beschreibung lässt sich nicht annehmen: E drücken, um eine zu schreiben, oder R, um die Gruppe zu verwerfen</translation>
    </message>
    <message>
        <source>An empty caption cannot be accepted: write one, or press Escape</source>
        <translation>Eine leere Beschreibung lässt sich nicht annehmen: eine schreiben oder Escape drücken</translation>
    </message>
    <message>
        <source>A group needs two pictures at least: press R to reject it instead</source>
        <translation>Eine Gruppe braucht mindestens zwei Bilder: stattdessen mit R verwerfen</translation>
    </message>
    <message>
        <source>Choose the picture to take out first: press its number, or Tab</source>
        <translation>Zuerst das Bild wählen, das hinaus soll: seine Nummer drücken, oder Tab</translation>
    </message>
    <message>
        <source>Every group is decided</source>
        <translation>Über jede Gruppe ist entschieden</translation>
    </message>
    <message>
        <source>There is nothing to undo</source>
        <translation>Nichts rückgängig zu machen</translation>
    </message>
    <message>
        <source>There is nothing to redo</source>
        <translation>Nichts zu wiederholen</translation>
    </message>
    <message>
        <source>Proposed by a program</source>
        <translation>Von einem Programm vorgeschlagen</translation>
    </message>
    <message>
        <source>Seed group</source>
        <translation>Ausgangsgruppe</translation>
    </message>
    <message>
        <source>From a board</source>
        <translation>Von einem Board</translation>
    </message>
    <message>
        <source>From verdicts on pairs</source>
        <translation>Aus Urteilen über Paare</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>Nicht entschieden</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>unseen</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>{concern}. {key} once more accepts it as it is</source>
        <translation>{concern}. {key} noch einmal nimmt sie so an</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%Ln Gruppe</numerusform>
            <numerusform>%Ln Gruppen</numerusform>
        </translation>
    </message>
    <message>
        <source>Group {number} of {all}</source>
        <translation>Gruppe {number} von {all}</translation>
    </message>
    <message>
        <source>{accepted} accepted, {rejected} rejected, {unseen} to go</source>
        <translation>{accepted} angenommen, {rejected} verworfen, {unseen} offen</translation>
    </message>
    <message>
        <source>There are no groups in this file</source>
        <translation>In dieser Datei sind keine Gruppen</translation>
    </message>
    <message>
        <source>Whatever wrote it has found none.</source>
        <translation>Was sie geschrieben hat, fand keine.</translation>
    </message>
    <message numerus="yes">
        <source>This is the end, and %n group(s) is/are not decided yet</source>
        <translation>
            <numerusform>Das ist das Ende, und über %Ln Gruppe ist noch nicht entschieden</numerusform>
            <numerusform>Das ist das Ende, und über %Ln Gruppen ist noch nicht entschieden</numerusform>
        </translation>
    </message>
    <message>
        <source>Press U to go to the next of them, or P to go back.</source>
        <translation>U führt zur nächsten davon, P zurück.</translation>
    </message>
    <message>
        <source>{accepted} accepted, {rejected} rejected; all of it is in the file. Press P to go back.</source>
        <translation>{accepted} angenommen, {rejected} verworfen; alles steht in der Datei. P führt zurück.</translation>
    </message>
    <message numerus="yes">
        <source>All %n group(s) are decided</source>
        <translation>
            <numerusform>Über die Gruppe ist entschieden</numerusform>
            <numerusform>Über alle %Ln Gruppen ist entschieden</numerusform>
        </translation>
    </message>
    <message>
        <source>Undone: group {number} was {change}</source>
        <translation>Rückgängig: Gruppe {number} war {change}</translation>
    </message>
    <message>
        <source>Done again: group {number} is {change}</source>
        <translation>Wiederholt: Gruppe {number} ist {change}</translation>
    </message>
    <message>
        <source>short of a picture</source>
        <translation>um ein Bild kürzer</translation>
    </message>
    <message>
        <source>edited and {verdict}</source>
        <translation>geändert und {verdict}</translation>
    </message>
    <message>
        <source>Took out {name}; Ctrl+Z brings it back</source>
        <translation>{name} herausgenommen; Strg+Z holt es zurück</translation>
    </message>
    <message>
        <source>Not saved: {name} was changed by another program</source>
        <translation>Nicht gespeichert: Ein anderes Programm hat {name} geändert</translation>
    </message>
    <message>
        <source>Not saved: {why}</source>
        <translation>Nicht gespeichert: {why}</translation>
    </message>
    <message>
        <source>Before: {caption}</source>
        <translation>Vorher: {caption}</translation>
    </message>
    <message>
        <source>no caption</source>
        <translation>keine Beschreibung</translation>
    </message>
    <message>
        <source>&amp;Collapse near-identical</source>
        <translation>&amp;Fast gleiche zusammenfassen</translation>
    </message>
    <message>
        <source>Surprise: from the most related pictures to related ones that look nothing alike</source>
        <translation>Überraschung: von den am engsten verwandten Bildern zu verwandten, die ganz anders aussehen</translation>
    </message>
    <message>
        <source>Show pictures that look the same only once</source>
        <translation>Bilder, die gleich aussehen, nur einmal zeigen</translation>
    </message>
    <message>
        <source>Most related</source>
        <translation>Am engsten verwandt</translation>
    </message>
    <message>
        <source>Looks nothing alike</source>
        <translation>Sieht ganz anders aus</translation>
    </message>
    <message>
        <source>Give it the reference along</source>
        <translation>Die Vorlage mitgeben</translation>
    </message>
    <message>
        <source>Make pictures</source>
        <translation>Bilder erzeugen</translation>
    </message>
    <message>
        <source>Generators that can edit pictures start from it; the others make a picture anew</source>
        <translation>Generatoren, die Bilder bearbeiten können, gehen von ihr aus; die anderen erzeugen ein neues Bild</translation>
    </message>
    <message>
        <source>How many pictures</source>
        <translation>Wie viele Bilder</translation>
    </message>
    <message>
        <source>New each time</source>
        <translation>Jedes Mal neu</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>The same seed and prompt make the same pictures, where a generator takes a seed</source>
        <translation>Derselbe Startwert und derselbe Prompt ergeben dieselben Bilder, sofern der Generator einen Startwert annimmt</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Pick a picture to see its analogies</source>
        <translation>Ein Bild wählen, um seine Analogien zu sehen</translation>
    </message>
    <message>
        <source>Click one in the collection, drop one here from anywhere, or paste one. Or describe a relation in words above.</source>
        <translation>Eines in der Sammlung anklicken, von irgendwo hierher ziehen oder einfügen. Oder oben eine Beziehung in Worten beschreiben.</translation>
    </message>
    <message>
        <source>Looking for analogies…</source>
        <translation>Analogien werden gesucht …</translation>
    </message>
    <message>
        <source>The first question waits for the model.</source>
        <translation>Die erste Frage wartet auf das Modell.</translation>
    </message>
    <message>
        <source>Fetching the picture…</source>
        <translation>Das Bild wird geholt …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Fetch it again</source>
        <translation>Noch einmal holen</translation>
    </message>
    <message>
        <source>No answer to this one</source>
        <translation>Darauf gibt es keine Antwort</translation>
    </message>
    <message>
        <source>They appear as soon as pictures are indexed.</source>
        <translation>Sie erscheinen, sobald Bilder aufgenommen sind.</translation>
    </message>
    <message>
        <source>No neighbors yet</source>
        <translation>Noch keine Nachbarn</translation>
    </message>
    <message numerus="yes">
        <source>Without “{filter}”: %n hit(s)</source>
        <translation>
            <numerusform>Ohne „{filter}“: %Ln Treffer</numerusform>
            <numerusform>Ohne „{filter}“: %Ln Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Alle Filter löschen</translation>
    </message>
    <message>
        <source>One of these filters is too narrow.</source>
        <translation>Einer dieser Filter ist zu eng.</translation>
    </message>
    <message>
        <source>Ask for a lower score, or for all of them.</source>
        <translation>Einen niedrigeren Wert oder alle verlangen.</translation>
    </message>
    <message>
        <source>The filters together let no picture through.</source>
        <translation>Alle Filter zusammen lassen kein Bild durch.</translation>
    </message>
    <message>
        <source>No picture that passes is related enough</source>
        <translation>Kein passendes Bild ist verwandt genug</translation>
    </message>
    <message>
        <source>No picture passes the filters</source>
        <translation>Kein Bild passt zu den Filtern</translation>
    </message>
    <message>
        <source>The picture was not fetched</source>
        <translation>Das Bild wurde nicht geholt</translation>
    </message>
    <message>
        <source>Nothing was kept of it.</source>
        <translation>Nichts davon wurde behalten.</translation>
    </message>
    <message>
        <source>&amp;Add to the question</source>
        <translation>&amp;In die Frage aufnehmen</translation>
    </message>
    <message>
        <source>&amp;Filters…</source>
        <translation>&amp;Filter …</translation>
    </message>
    <message>
        <source>&amp;Least related first</source>
        <translation>Am &amp;wenigsten verwandte zuerst</translation>
    </message>
    <message>
        <source>Surprise &amp;me</source>
        <translation>Überrasch &amp;mich</translation>
    </message>
    <message>
        <source>Learn from your &amp;verdicts</source>
        <translation>Aus &amp;Urteilen lernen</translation>
    </message>
    <message>
        <source>What you called no analogy sinks, and what is near your good ones rises</source>
        <translation>Was keine Analogie ist, sinkt, und was guten nahe ist, steigt</translation>
    </message>
    <message>
        <source>Find what these share</source>
        <translation>Finden, was diese gemeinsam haben</translation>
    </message>
    <message>
        <source>Add to the question</source>
        <translation>In die Frage aufnehmen</translation>
    </message>
    <message>
        <source>Push away from this</source>
        <translation>Davon weg suchen</translation>
    </message>
    <message>
        <source>Push away from these</source>
        <translation>Davon weg suchen</translation>
    </message>
    <message>
        <source>Collapse what is like it</source>
        <translation>Zusammenfassen, was ihm gleicht</translation>
    </message>
    <message numerus="yes">
        <source>Show the %n picture(s) like it</source>
        <translation>
            <numerusform>Das gleiche Bild zeigen</numerusform>
            <numerusform>Die %Ln gleichen Bilder zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Pick a picture first; then narrow its analogies down</source>
        <translation>Zuerst ein Bild wählen; dann seine Analogien eingrenzen</translation>
    </message>
    <message>
        <source>Select a picture to add it to the question</source>
        <translation>Ein Bild wählen, um es in die Frage aufzunehmen</translation>
    </message>
    <message>
        <source>Add to the question (Ctrl+Enter)</source>
        <translation>In die Frage aufnehmen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Describe a relation; Ctrl+Enter adds it to the question</source>
        <translation>Eine Beziehung beschreiben; Strg+Eingabe nimmt sie in die Frage auf</translation>
    </message>
    <message>
        <source>Find pictures by a relation in words (Ctrl+F)</source>
        <translation>Bilder mit einer Beziehung in Worten finden (Strg+F)</translation>
    </message>
    <message>
        <source>Enter asks anew; Ctrl+Enter adds the sentence to the question</source>
        <translation>Eingabe fragt neu; Strg+Eingabe nimmt den Satz in die Frage auf</translation>
    </message>
    <message>
        <source>Canvas of the board</source>
        <translation>Fläche des Boards</translation>
    </message>
    <message>
        <source>Note on the board</source>
        <translation>Notiz zum Board</translation>
    </message>
    <message>
        <source>What this board is about, for whom, what is missing…</source>
        <translation>Worum es hier geht, für wen, was fehlt …</translation>
    </message>
    <message>
        <source>Note on the picture</source>
        <translation>Notiz zum Bild</translation>
    </message>
    <message>
        <source>Why it is here, what to take from it…</source>
        <translation>Warum es hier ist, was daran zählt …</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Select a picture to note something on it.</source>
        <translation>Ein Bild wählen, um etwas dazu zu notieren.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Selected picture</source>
        <translation>Gewähltes Bild</translation>
    </message>
    <message>
        <source>Grid: pictures in their order</source>
        <translation>Raster: Bilder in ihrer Ordnung</translation>
    </message>
    <message>
        <source>Canvas: pictures lie freely</source>
        <translation>Fläche: Bilder liegen frei</translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation>Aufräumen</translation>
    </message>
    <message>
        <source>Tidy up: put the pictures into rows</source>
        <translation>Aufräumen: die Bilder in Reihen legen</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Fit (F)</source>
        <translation>Einpassen (F)</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Notes, captions and sources</source>
        <translation>Notizen, Beschreibungen und Herkunft</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export this board (Ctrl+E)</source>
        <translation>Dieses Board exportieren (Strg+E)</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename this board (F2)</source>
        <translation>Dieses Board umbenennen (F2)</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Verdoppeln</translation>
    </message>
    <message>
        <source>Duplicate this board</source>
        <translation>Dieses Board verdoppeln</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete this board</source>
        <translation>Dieses Board löschen</translation>
    </message>
    <message>
        <source>Boards</source>
        <translation>Boards</translation>
    </message>
    <message>
        <source>Search boards</source>
        <translation>Boards durchsuchen</translation>
    </message>
    <message>
        <source>Make a&amp;n analogy</source>
        <translation>Eine A&amp;nalogie erzeugen</translation>
    </message>
    <message>
        <source>Make an analogy</source>
        <translation>Eine Analogie erzeugen</translation>
    </message>
    <message>
        <source>Copied the prompt</source>
        <translation>Prompt kopiert</translation>
    </message>
    <message>
        <source>Choose the folder of a model</source>
        <translation>Ordner eines Modells wählen</translation>
    </message>
    <message>
        <source>New board</source>
        <translation>Neues Board</translation>
    </message>
    <message>
        <source>Compare with the reference</source>
        <translation>Mit der Vorlage vergleichen</translation>
    </message>
    <message>
        <source>Order of the boards</source>
        <translation>Ordnung der Boards</translation>
    </message>
    <message>
        <source>Export as groups…</source>
        <translation>Als Gruppen exportieren …</translation>
    </message>
    <message>
        <source>Write all boards and good analogies for the trainer</source>
        <translation>Alle Boards und guten Analogien für das Training schreiben</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Merge into</source>
        <translation>Aufnehmen in</translation>
    </message>
    <message>
        <source>Sort pictures by name</source>
        <translation>Bilder nach Namen ordnen</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Namen</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>Größte zuerst</translation>
    </message>
    <message>
        <source>Pictures of the board</source>
        <translation>Bilder des Boards</translation>
    </message>
    <message>
        <source>&amp;Export board…</source>
        <translation>Board &amp;exportieren …</translation>
    </message>
    <message>
        <source>There is nothing on this board to export yet</source>
        <translation>Auf diesem Board ist noch nichts zu exportieren</translation>
    </message>
    <message>
        <source>Only pictures of the library can be on a board. Your files are not touched.</source>
        <translation>Nur Bilder der Bibliothek passen auf ein Board. Die Dateien bleiben unberührt.</translation>
    </message>
    <message>
        <source>Add to library</source>
        <translation>In die Bibliothek aufnehmen</translation>
    </message>
    <message>
        <source>Put on “{board}”</source>
        <translation>Auf „{board}“ legen</translation>
    </message>
    <message>
        <source>No boards yet</source>
        <translation>Noch keine Boards</translation>
    </message>
    <message>
        <source>A board collects analogies. Press B on a picture, or choose “Add to board” in its menu.</source>
        <translation>Ein Board sammelt Analogien. Bei einem Bild B drücken oder in seinem Menü „Auf ein Board“ wählen.</translation>
    </message>
    <message>
        <source>Nothing on this board yet</source>
        <translation>Auf diesem Board ist noch nichts</translation>
    </message>
    <message>
        <source>Press B on a picture to put it here, or drag pictures here.</source>
        <translation>Bei einem Bild B drücken, um es hierher zu legen, oder Bilder hierher ziehen.</translation>
    </message>
    <message>
        <source>Edit description</source>
        <translation>Beschreibung ändern</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>{Subject} growing step by step</source>
        <translation>{Subject} growing step by step</translation>
    </message>
    <message>
        <source>Use automatic description</source>
        <translation>Automatische Beschreibung benutzen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Say what is going on without naming the things. Words in braces stand for what differs from picture to picture.</source>
        <translation>Sagen, was vorgeht, ohne die Dinge zu nennen. Wörter in Klammern stehen für das, was von Bild zu Bild verschieden ist. Bitte auf Englisch.</translation>
    </message>
    <message>
        <source>Edit description…</source>
        <translation>Beschreibung ändern …</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Festhalten</translation>
    </message>
    <message>
        <source>Write again</source>
        <translation>Neu schreiben</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Loslassen</translation>
    </message>
    <message>
        <source>Write again ({why})</source>
        <translation>Neu schreiben ({why})</translation>
    </message>
    <message>
        <source>needs a captioner</source>
        <translation>braucht einen Beschreiber</translation>
    </message>
    <message>
        <source>these are your words</source>
        <translation>das sind eigene Worte</translation>
    </message>
    <message>
        <source>it is pinned</source>
        <translation>sie ist festgehalten</translation>
    </message>
    <message>
        <source>Take the current picture</source>
        <translation>Das aktuelle Bild nehmen</translation>
    </message>
    <message>
        <source>Take the picture that is selected or asked about</source>
        <translation>Das Bild nehmen, das gewählt oder gefragt ist</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Bild auswählen</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>Bild einfügen</translation>
    </message>
    <message>
        <source>Take the picture away</source>
        <translation>Bild wegnehmen</translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation>Bild hierher ziehen</translation>
    </message>
    <message>
        <source>C&amp;hain of analogies</source>
        <translation>K&amp;ette von Analogien</translation>
    </message>
    <message>
        <source>Show your &amp;walk</source>
        <translation>Den eigenen Weg &amp;zeigen</translation>
    </message>
    <message>
        <source>Start a chain here</source>
        <translation>Hier eine Kette beginnen</translation>
    </message>
    <message>
        <source>End a chain here</source>
        <translation>Hier eine Kette enden lassen</translation>
    </message>
    <message>
        <source>Chain between these two</source>
        <translation>Kette zwischen diesen beiden</translation>
    </message>
    <message>
        <source>Save the chain as a picture</source>
        <translation>Kette als Bild sichern</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Bild (*.png)</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard</source>
        <translation>In der Zwischenablage ist kein Bild</translation>
    </message>
    <message>
        <source>Saved the chain as {file}</source>
        <translation>Kette als {file} gesichert</translation>
    </message>
    <message>
        <source>No picture of your walk is in the library</source>
        <translation>Kein Bild des Weges ist in der Bibliothek</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Go the other way</source>
        <translation>Andersherum gehen</translation>
    </message>
    <message>
        <source>Find chain</source>
        <translation>Kette suchen</translation>
    </message>
    <message>
        <source>Wander from the start</source>
        <translation>Vom Anfang aus wandern</translation>
    </message>
    <message>
        <source>Another way</source>
        <translation>Ein anderer Weg</translation>
    </message>
    <message>
        <source>A chain of other pictures</source>
        <translation>Eine Kette aus anderen Bildern</translation>
    </message>
    <message>
        <source>Save as board</source>
        <translation>Als Board sichern</translation>
    </message>
    <message>
        <source>Put the chain on a new board</source>
        <translation>Die Kette auf ein neues Board legen</translation>
    </message>
    <message>
        <source>Save as picture…</source>
        <translation>Als Bild sichern …</translation>
    </message>
    <message>
        <source>Paint the chain into a PNG file</source>
        <translation>Die Kette in eine PNG-Datei zeichnen</translation>
    </message>
    <message>
        <source>No chain was found</source>
        <translation>Keine Kette gefunden</translation>
    </message>
    <message>
        <source>Looking for a chain</source>
        <translation>Kette wird gesucht</translation>
    </message>
    <message>
        <source>From one picture to another</source>
        <translation>Von einem Bild zum anderen</translation>
    </message>
    <message>
        <source>Choose a start and an end. Each step of the chain shares a logic with the one before and looks different. Or wander from the start alone.</source>
        <translation>Anfang und Ende wählen. Jeder Schritt der Kette teilt eine Logik mit dem vorigen und sieht anders aus. Oder nur vom Anfang aus wandern.</translation>
    </message>
    <message>
        <source>Steps at most</source>
        <translation>Schritte höchstens</translation>
    </message>
    <message>
        <source>Surprise of a walk</source>
        <translation>Überraschung eines Weges</translation>
    </message>
    <message>
        <source>How unlike the pictures of a walk look</source>
        <translation>Wie verschieden die Bilder eines Weges aussehen</translation>
    </message>
    <message>
        <source>Picture {number} of the chain: {name}</source>
        <translation>Bild {number} der Kette: {name}</translation>
    </message>
    <message>
        <source>Weakest link</source>
        <translation>Schwächstes Glied</translation>
    </message>
    <message>
        <source>Relation {relational} · look {attribute}</source>
        <translation>Beziehung {relational} · Aussehen {attribute}</translation>
    </message>
    <message>
        <source>Put your walk on a board</source>
        <translation>Den Weg auf ein Board legen</translation>
    </message>
    <message>
        <source>Find a chain from start to here</source>
        <translation>Kette vom Anfang bis hierher suchen</translation>
    </message>
    <message>
        <source>Your walk</source>
        <translation>Der eigene Weg</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>Thumbnail size (Ctrl++ and Ctrl+−)</source>
        <translation>Größe der Vorschau (Strg++ und Strg+−)</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Both next to one another (V goes through the views)</source>
        <translation>Beide nebeneinander (V geht durch die Ansichten)</translation>
    </message>
    <message>
        <source>Swipe (S)</source>
        <translation>Wischen (S)</translation>
    </message>
    <message>
        <source>Drag a divider over both, or move it with the arrow keys</source>
        <translation>Einen Teiler über beide ziehen oder mit den Pfeiltasten bewegen</translation>
    </message>
    <message>
        <source>Overlay (O)</source>
        <translation>Übereinander (O)</translation>
    </message>
    <message>
        <source>B over A, as opaque as you like</source>
        <translation>B über A, so deckend wie gewünscht</translation>
    </message>
    <message>
        <source>Blink (F)</source>
        <translation>Blinken (F)</translation>
    </message>
    <message>
        <source>A, and B while the space bar is held</source>
        <translation>A, und B, solange die Leertaste gehalten wird</translation>
    </message>
    <message>
        <source>Difference (D)</source>
        <translation>Unterschied (D)</translation>
    </message>
    <message>
        <source>Hold to see B</source>
        <translation>Halten, um B zu sehen</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation>Kleiner (−)</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>Größer (+)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>How opaque B is</source>
        <translation>Wie deckend B ist</translation>
    </message>
    <message>
        <source>How opaque B is (arrow keys on the pictures)</source>
        <translation>Wie deckend B ist (Pfeiltasten auf den Bildern)</translation>
    </message>
    <message>
        <source>How the two differ: black where they are equal (D)</source>
        <translation>Worin sie sich unterscheiden: schwarz, wo sie gleich sind (D)</translation>
    </message>
    <message>
        <source>Shows B while it is held; so does the space bar</source>
        <translation>Zeigt B, solange gehalten; die Leertaste auch</translation>
    </message>
    <message>
        <source>All of both pictures (0)</source>
        <translation>Beide Bilder ganz (0)</translation>
    </message>
    <message>
        <source>One pixel of the picture with more pixels on one of the screen (Z)</source>
        <translation>Ein Pixel des Bildes mit mehr Pixeln auf einem des Bildschirms (Z)</translation>
    </message>
    <message>
        <source>One to one</source>
        <translation>Eins zu eins</translation>
    </message>
    <message>
        <source>Scored by {model}</source>
        <translation>Bewertet von {model}</translation>
    </message>
    <message>
        <source>Numbers of different models cannot be compared.</source>
        <translation>Zahlen verschiedener Modelle lassen sich nicht vergleichen.</translation>
    </message>
    <message>
        <source>closer than {percent} of pairs</source>
        <translation>näher als {percent} der Paare</translation>
    </message>
    <message>
        <source>Save the scores</source>
        <translation>Werte sichern</translation>
    </message>
    <message>
        <source>Save both as a picture</source>
        <translation>Beide als Bild sichern</translation>
    </message>
    <message>
        <source>Save the history</source>
        <translation>Verlauf sichern</translation>
    </message>
    <message>
        <source>Both as a picture (PNG)…</source>
        <translation>Beide als Bild (PNG) …</translation>
    </message>
    <message>
        <source>Scores of both as a table (CSV)…</source>
        <translation>Werte beider als Tabelle (CSV) …</translation>
    </message>
    <message>
        <source>History as a table (CSV)…</source>
        <translation>Verlauf als Tabelle (CSV) …</translation>
    </message>
    <message>
        <source>Save the two, their scores, or the history</source>
        <translation>Die beiden, ihre Werte oder den Verlauf sichern</translation>
    </message>
    <message>
        <source>History and scores by model</source>
        <translation>Verlauf und Werte nach Modell</translation>
    </message>
    <message>
        <source>{name} is not where it was</source>
        <translation>{name} ist nicht mehr, wo es war</translation>
    </message>
    <message>
        <source>There is nothing to save before two pictures are scored</source>
        <translation>Es gibt nichts zu sichern, bevor zwei Bilder bewertet sind</translation>
    </message>
    <message>
        <source>pasted picture</source>
        <translation>eingefügtes Bild</translation>
    </message>
    <message>
        <source>Compared before</source>
        <translation>Früher verglichen</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>Noch einmal vergleichen</translation>
    </message>
    <message>
        <source>Remove from the history</source>
        <translation>Aus dem Verlauf entfernen</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>A file is missing</source>
        <translation>Eine Datei fehlt</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>a day of this year, in Qt&apos;s letters</comment>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>Score with all models</source>
        <translation>Mit allen Modellen bewerten</translation>
    </message>
    <message>
        <source>Stop scoring</source>
        <translation>Bewerten anhalten</translation>
    </message>
    <message>
        <source>Numbers of different models cannot be compared. The percentile places each.</source>
        <translation>Zahlen verschiedener Modelle lassen sich nicht vergleichen. Der Rang ordnet jede ein.</translation>
    </message>
    <message>
        <source>Each of these is loaded in turn, looks at the two, and is let go of:</source>
        <translation>Jedes davon wird der Reihe nach geladen, sieht sich die beiden an und wird wieder entlassen:</translation>
    </message>
    <message>
        <source>an unknown amount</source>
        <translation>unbekannt viel</translation>
    </message>
    <message>
        <source>By metric</source>
        <translation>Nach Maßen</translation>
    </message>
    <message>
        <source>Score with metrics</source>
        <translation>Mit Maßen bewerten</translation>
    </message>
    <message>
        <source>Numbers of different metrics cannot be compared, and some go the other way.</source>
        <translation>Zahlen verschiedener Maße sind nicht vergleichbar, und manche laufen andersherum.</translation>
    </message>
    <message>
        <source>What is not ready…</source>
        <translation>Was nicht bereit ist …</translation>
    </message>
    <message>
        <source>•  {model}: at least {memory} of memory</source>
        <translation>•  {model}: mindestens {memory} Speicher</translation>
    </message>
    <message>
        <source>With a graphics card that takes seconds to a minute, without one minutes.</source>
        <translation>Mit einer Grafikkarte dauert das Sekunden bis eine Minute, ohne eine Minuten.</translation>
    </message>
    <message>
        <source>Metrics that are not ready</source>
        <translation>Maße, die nicht bereit sind</translation>
    </message>
    <message>
        <source>These score the two, one after another: {metrics}</source>
        <translation>Diese bewerten die beiden nacheinander: {metrics}</translation>
    </message>
    <message>
        <source>No metric is ready: their models or packages are not installed</source>
        <translation>Kein Maß ist bereit: Modelle oder Pakete sind nicht installiert</translation>
    </message>
    <message>
        <source>low is close</source>
        <translation>niedrig ist nah</translation>
    </message>
    <message>
        <source>high is close</source>
        <translation>hoch ist nah</translation>
    </message>
    <message>
        <source>{number} by {metric}, {direction}</source>
        <translation>{number} nach {metric}, {direction}</translation>
    </message>
    <message>
        <source>sees relations</source>
        <translation>sieht Beziehungen</translation>
    </message>
    <message>
        <source>sees looks</source>
        <translation>sieht Aussehen</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Bewerten</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>Nach Modell</translation>
    </message>
    <message>
        <source>Every installed model scores the two, one after another</source>
        <translation>Jedes installierte Modell bewertet die beiden, eines nach dem anderen</translation>
    </message>
    <message>
        <source>Only the small model is installed; “Models” in the menu “Library” gets others</source>
        <translation>Nur das kleine Modell ist installiert; „Modelle“ im Menü „Bibliothek“ bringt andere</translation>
    </message>
    <message>
        <source>Asking {model}…</source>
        <translation>{model} wird gefragt …</translation>
    </message>
    <message>
        <source>Waiting for its turn…</source>
        <translation>Wartet, bis es an der Reihe ist …</translation>
    </message>
    <message>
        <source>Relation {relation} by {model}</source>
        <translation>Beziehung {relation} nach {model}</translation>
    </message>
    <message>
        <source>has seen too few pictures here to place it</source>
        <translation>hat hier zu wenige Bilder gesehen, um das einzuordnen</translation>
    </message>
    <message>
        <source>look {look}</source>
        <translation>Aussehen {look}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Tauschen</translation>
    </message>
    <message>
        <source>Exchange A and B (Ctrl+T)</source>
        <translation>A und B tauschen (Strg+T)</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Wird verglichen …</translation>
    </message>
    <message>
        <source>How alike are two pictures?</source>
        <translation>Wie ähnlich sind sich zwei Bilder?</translation>
    </message>
    <message>
        <source>Drop, paste or choose one more picture.</source>
        <translation>Noch ein Bild ablegen, einfügen oder auswählen.</translation>
    </message>
    <message>
        <source>Drop a picture on each side, or choose them from anywhere.</source>
        <translation>Auf jeder Seite ein Bild ablegen oder von irgendwo auswählen.</translation>
    </message>
    <message>
        <source>These two cannot be compared</source>
        <translation>Diese beiden lassen sich nicht vergleichen</translation>
    </message>
    <message>
        <source>Clear the history</source>
        <translation>Verlauf leeren</translation>
    </message>
    <message>
        <source>Clear the history; Ctrl+Z undoes</source>
        <translation>Verlauf leeren; Strg+Z macht es rückgängig</translation>
    </message>
    <message>
        <source>Pairs that you compare are listed here.</source>
        <translation>Verglichene Paare stehen hier.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen …</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Take picture {side} away</source>
        <translation>Bild {side} wegnehmen</translation>
    </message>
    <message>
        <source>Choose picture {side}</source>
        <translation>Bild {side} auswählen</translation>
    </message>
    <message>
        <source>Paste picture {side}</source>
        <translation>Bild {side} einfügen</translation>
    </message>
    <message>
        <source>Fetching…</source>
        <translation>Wird geholt …</translation>
    </message>
    <message>
        <source>Picture {side}</source>
        <translation>Bild {side}</translation>
    </message>
    <message>
        <source>The relational similarity of the two, a cosine: at most 1</source>
        <translation>Die Ähnlichkeit der beiden in der Logik, ein Kosinus: höchstens 1</translation>
    </message>
    <message>
        <source>The attribute similarity of the two, a cosine: at most 1</source>
        <translation>Die Ähnlichkeit der beiden im Aussehen, ein Kosinus: höchstens 1</translation>
    </message>
    <message>
        <source>A to the left of a divider at {0} percent, B to its right</source>
        <translation>A links von einem Teiler bei {0} Prozent, B rechts davon</translation>
    </message>
    <message>
        <source>How A and B differ; black where they are equal</source>
        <translation>Worin A und B sich unterscheiden; schwarz, wo sie gleich sind</translation>
    </message>
    <message>
        <source>B over A, {0} percent opaque</source>
        <translation>B über A, zu {0} Prozent deckend</translation>
    </message>
    <message>
        <source>Compare with query</source>
        <translation>Mit der Frage vergleichen</translation>
    </message>
    <message>
        <source>Copied {name}</source>
        <translation>{name} kopiert</translation>
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation>Bild &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation>&amp;Pfad kopieren</translation>
    </message>
    <message>
        <source>Copy c&amp;aption</source>
        <translation>&amp;Beschreibung kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;Markdown</source>
        <translation>Als &amp;Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;HTML</source>
        <translation>Als &amp;HTML kopieren</translation>
    </message>
    <message>
        <source>Show in file &amp;manager</source>
        <translation>Im &amp;Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Copied {count} files</source>
        <translation>{count} Dateien kopiert</translation>
    </message>
    <message>
        <source>Copied {count} path(s)</source>
        <translation>{count} Pfad(e) kopiert</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>Kopieren als</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>HTML</source>
        <translation>HTML</translation>
    </message>
    <message>
        <source>Copied the words of {count} picture(s)</source>
        <translation>Worte zu {count} Bild(ern) kopiert</translation>
    </message>
    <message>
        <source>Select a picture first</source>
        <translation>Zuerst ein Bild wählen</translation>
    </message>
    <message>
        <source>Verify these groups</source>
        <translation>Diese Gruppen prüfen</translation>
    </message>
    <message>
        <source>Compare as {name}</source>
        <translation>Als {name} vergleichen</translation>
    </message>
    <message>
        <source>Add to the library</source>
        <translation>In die Bibliothek aufnehmen</translation>
    </message>
    <message>
        <source>Find its analogies</source>
        <translation>Seine Analogien finden</translation>
    </message>
    <message>
        <source>Find what they share</source>
        <translation>Finden, was sie gemeinsam haben</translation>
    </message>
    <message>
        <source>Find its analogies instead</source>
        <translation>Stattdessen seine Analogien finden</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen …</translation>
    </message>
    <message>
        <source>Try the sample collection</source>
        <translation>Beispielsammlung ausprobieren</translation>
    </message>
    <message>
        <source>New here? Take the tour</source>
        <translation>Neu hier? Rundgang beginnen</translation>
    </message>
    <message>
        <source>Drop a folder of pictures</source>
        <translation>Einen Ordner mit Bildern hierher ziehen</translation>
    </message>
    <message>
        <source>Relsim finds pictures that share a logic although they look nothing alike, and says in one sentence what they share. Everything stays on this computer; your files are never changed.</source>
        <translation>Relsim findet Bilder, die dieselbe Logik haben, obwohl sie ganz verschieden aussehen, und sagt in einem Satz, was sie verbindet. Alles bleibt auf diesem Computer; die Dateien werden nie verändert.</translation>
    </message>
    <message>
        <source>Export “{board}”</source>
        <translation>„{board}“ exportieren</translation>
    </message>
    <message>
        <source>Export as</source>
        <translation>Exportieren als</translation>
    </message>
    <message>
        <source>Arrangement</source>
        <translation>Anordnung</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Kontaktbogen</translation>
    </message>
    <message>
        <source>As on the canvas</source>
        <translation>Wie auf der Fläche</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Maßstab</translation>
    </message>
    <message>
        <source>{n} times</source>
        <translation>{n}-fach</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>Beschreibungen</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Drawing the preview…</source>
        <translation>Vorschau wird gezeichnet …</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Export here</source>
        <translation>Hierher exportieren</translation>
    </message>
    <message>
        <source>Exported {count} of {all} pictures.</source>
        <translation>{count} von {all} Bildern exportiert.</translation>
    </message>
    <message>
        <source>Left out, with a placeholder:</source>
        <translation>Ausgelassen, mit Platzhalter:</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Keys in the keyring</source>
        <translation>Schlüssel im Schlüsselbund</translation>
    </message>
    <message>
        <source>A name, such as openai</source>
        <translation>Ein Name, etwa openai</translation>
    </message>
    <message>
        <source>The key</source>
        <translation>Der Schlüssel</translation>
    </message>
    <message>
        <source>Save key</source>
        <translation>Schlüssel speichern</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>There is no key yet.</source>
        <translation>Es gibt noch keinen Schlüssel.</translation>
    </message>
    <message>
        <source>A key is kept in the keyring of this computer, never in a file of this program. Servers are chosen with its name.</source>
        <translation>Ein Schlüssel liegt im Schlüsselbund dieses Rechners, nie in einer Datei dieses Programms. Server werden mit seinem Namen gewählt.</translation>
    </message>
    <message>
        <source>Something went wrong that should not have.</source>
        <translation>Etwas ist schiefgegangen, das nicht hätte schiefgehen dürfen.</translation>
    </message>
    <message>
        <source>{text}

Your files and your library are safe. Please copy the details into a report.</source>
        <translation>{text}

Dateien und Bibliothek sind sicher. Bitte die Einzelheiten in einen Bericht kopieren.</translation>
    </message>
    <message>
        <source>About Relsim Desktop</source>
        <translation>Über Relsim Desktop</translation>
    </message>
    <message>
        <source>&lt;p&gt;Finds pictures that share a logic although they look nothing alike. It works offline and never changes your files.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Findet Bilder, die dieselbe Logik haben, obwohl sie ganz verschieden aussehen. Arbeitet ohne Netz und ändert nie eine Datei.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;Relsim Desktop is free software under the Apache License 2.0. It uses Qt for Python (LGPL 3), ONNX Runtime (MIT), hnswlib (Apache 2.0), PyTorch (BSD), Transformers and PEFT (Apache 2.0), Pillow (MIT-CMU) and all-MiniLM-L6-v2 (Apache 2.0).&lt;/p&gt;</source>
        <translation>&lt;p&gt;Relsim Desktop ist freie Software unter der Apache-Lizenz 2.0. Es benutzt Qt für Python (LGPL 3), ONNX Runtime (MIT), hnswlib (Apache 2.0), PyTorch (BSD), Transformers und PEFT (Apache 2.0), Pillow (MIT-CMU) und all-MiniLM-L6-v2 (Apache 2.0).&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Bundled model:&lt;/b&gt; {model} {version}, licence {licence}.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Mitgeliefertes Modell:&lt;/b&gt; {model} {version}, Lizenz {licence}.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>&lt;p&gt;Other models are not part of it and come only when you ask for them. relsim-7b and its captioner are their authors’ and for &lt;b&gt;non-commercial use only&lt;/b&gt; (CC BY-NC-SA 4.0); the model that they are built on is Qwen2.5-VL (Apache 2.0).&lt;/p&gt;</source>
        <translation>&lt;p&gt;Andere Modelle gehören nicht dazu und kommen nur auf Wunsch. relsim-7b und sein Beschreiber gehören ihren Autoren und sind &lt;b&gt;nur für nicht kommerzielle Zwecke&lt;/b&gt; (CC BY-NC-SA 4.0); das Modell, auf dem sie beruhen, ist Qwen2.5-VL (Apache 2.0).&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Preview of the first page</source>
        <translation>Vorschau der ersten Seite</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Files that could not be read</source>
        <translation>Nicht lesbare Dateien</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>Liste kopieren</translation>
    </message>
    <message>
        <source>They are shown, but never found, and not tried again until they change.</source>
        <translation>Sie erscheinen, werden aber nie gefunden und erst wieder versucht, wenn sie sich ändern.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read</source>
        <translation>
            <numerusform>%Ln Datei war nicht lesbar</numerusform>
            <numerusform>%Ln Dateien waren nicht lesbar</numerusform>
        </translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>Alle noch einmal versuchen</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Taken on this day or later</source>
        <translation>An diesem Tag oder später aufgenommen</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Taken on this day or earlier</source>
        <translation>An diesem Tag oder früher aufgenommen</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) are not measured yet: no format, shape or colour lets them pass</source>
        <translation>
            <numerusform>%Ln Bild ist noch nicht vermessen: Es passt zu keinem Format, keiner Form und keiner Farbe</numerusform>
            <numerusform>%Ln Bilder sind noch nicht vermessen: Sie passen zu keinem Format, keiner Form und keiner Farbe</numerusform>
        </translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Minimum score</source>
        <translation>Mindestwert</translation>
    </message>
    <message>
        <source>Hide what is less related than this, among all of this library</source>
        <translation>Ausblenden, was unter allen dieser Bibliothek weniger verwandt ist</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Beobachten</translation>
    </message>
    <message>
        <source>Notice changes in this folder while the window is open</source>
        <translation>Änderungen in diesem Ordner bemerken, solange das Fenster offen ist</translation>
    </message>
    <message>
        <source>Look for changes</source>
        <translation>Änderungen suchen</translation>
    </message>
    <message>
        <source>It has moved…</source>
        <translation>Er ist umgezogen …</translation>
    </message>
    <message>
        <source>They are meant to be gone</source>
        <translation>Sie sollen fort sein</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>&amp;Folders</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>Add a folder to the library</source>
        <translation>Ordner in die Bibliothek aufnehmen</translation>
    </message>
    <message>
        <source>Where is {folder} now?</source>
        <translation>Wo ist {folder} jetzt?</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Ordner aufnehmen …</translation>
    </message>
    <message>
        <source>Look for changes everywhere</source>
        <translation>Überall Änderungen suchen</translation>
    </message>
    <message>
        <source>No folders yet</source>
        <translation>Noch keine Ordner</translation>
    </message>
    <message>
        <source>Add a folder, or drop it anywhere on the window. Your files are never changed.</source>
        <translation>Einen Ordner aufnehmen oder irgendwo auf das Fenster ziehen. Dateien werden nie verändert.</translation>
    </message>
    <message>
        <source>Folders of this library</source>
        <translation>Ordner dieser Bibliothek</translation>
    </message>
    <message>
        <source>&amp;Health</source>
        <translation>&amp;Zustand</translation>
    </message>
    <message>
        <source>The report is on the clipboard</source>
        <translation>Der Bericht ist in der Zwischenablage</translation>
    </message>
    <message>
        <source>Delete the old copies?</source>
        <translation>Alte Kopien löschen?</translation>
    </message>
    <message>
        <source>They were made before the library was brought to a newer format, and are only needed to go back to an older version of Relsim Desktop.</source>
        <translation>Sie entstanden vor dem Umstieg der Bibliothek auf ein neueres Format und sind nur nötig, um zu einer älteren Version von Relsim Desktop zurückzukehren.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Finden</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Embedded</source>
        <translation>Eingebettet</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Auf der Platte</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Saved index</source>
        <translation>Gesicherter Index</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>Vorschaubilder</translation>
    </message>
    <message>
        <source>Old copies</source>
        <translation>Alte Kopien</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird nachgesehen …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>warten</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>Health of this library</source>
        <translation>Zustand dieser Bibliothek</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>Hilfe durchsuchen</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Text of the chapter</source>
        <translation>Text des Kapitels</translation>
    </message>
    <message>
        <source>No chapter says that</source>
        <translation>Kein Kapitel sagt das</translation>
    </message>
    <message>
        <source>Look-alikes of the query</source>
        <translation>Was der Frage ähnlich sieht</translation>
    </message>
    <message>
        <source>Ask about a picture to see what looks like it.</source>
        <translation>Nach einem Bild fragen, um zu sehen, was ihm ähnlich sieht.</translation>
    </message>
    <message>
        <source>No other picture is indexed yet.</source>
        <translation>Noch ist kein anderes Bild aufgenommen.</translation>
    </message>
    <message>
        <source>Nearest in look, whatever their logic. A click asks about one.</source>
        <translation>Die im Aussehen nächsten, welche Logik auch immer sie haben. Ein Klick fragt nach einem.</translation>
    </message>
    <message>
        <source>Map of the library</source>
        <translation>Karte der Bibliothek</translation>
    </message>
    <message>
        <source>Groups of pictures as bubbles; the list beside it holds the same groups</source>
        <translation>Gruppen von Bildern als Blasen; die Liste daneben enthält dieselben Gruppen</translation>
    </message>
    <message>
        <source>&amp;Map</source>
        <translation>&amp;Karte</translation>
    </message>
    <message>
        <source>The library in groups by logic (Ctrl+Shift+M)</source>
        <translation>Die Bibliothek in Gruppen nach Logik (Strg+Umschalt+M)</translation>
    </message>
    <message>
        <source>Show in the map</source>
        <translation>Auf der Karte zeigen</translation>
    </message>
    <message>
        <source>Export as groups</source>
        <translation>Als Gruppen exportieren</translation>
    </message>
    <message>
        <source>Groups (*.jsonl)</source>
        <translation>Gruppen (*.jsonl)</translation>
    </message>
    <message>
        <source>That picture is not on the map yet</source>
        <translation>Dieses Bild ist noch nicht auf der Karte</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Back to the map (Escape)</source>
        <translation>Zurück zur Karte (Escape)</translation>
    </message>
    <message>
        <source>Previous group</source>
        <translation>Vorige Gruppe</translation>
    </message>
    <message>
        <source>Previous group (Ctrl+PgUp)</source>
        <translation>Vorige Gruppe (Strg+Bild auf)</translation>
    </message>
    <message>
        <source>Next group</source>
        <translation>Nächste Gruppe</translation>
    </message>
    <message>
        <source>Next group (Ctrl+PgDown)</source>
        <translation>Nächste Gruppe (Strg+Bild ab)</translation>
    </message>
    <message>
        <source>Add all to board</source>
        <translation>Alle auf ein Board</translation>
    </message>
    <message>
        <source>Put every picture of it on a board</source>
        <translation>Jedes Bild davon auf ein Board legen</translation>
    </message>
    <message>
        <source>Write this group for the trainer</source>
        <translation>Diese Gruppe für das Training schreiben</translation>
    </message>
    <message>
        <source>Pictures of the group</source>
        <translation>Bilder der Gruppe</translation>
    </message>
    <message>
        <source>Search the groups</source>
        <translation>Gruppen durchsuchen</translation>
    </message>
    <message>
        <source>Order of the groups</source>
        <translation>Ordnung der Gruppen</translation>
    </message>
    <message>
        <source>Surest names first</source>
        <translation>Sicherste Namen zuerst</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Groups of the map</source>
        <translation>Gruppen der Karte</translation>
    </message>
    <message>
        <source>Make the map</source>
        <translation>Karte anlegen</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>Verkleinern (−)</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Vergrößern (+)</translation>
    </message>
    <message>
        <source>Show the whole map</source>
        <translation>Ganze Karte zeigen</translation>
    </message>
    <message>
        <source>Show the whole map (0)</source>
        <translation>Ganze Karte zeigen (0)</translation>
    </message>
    <message>
        <source>Make anew</source>
        <translation>Neu anlegen</translation>
    </message>
    <message>
        <source>Sort the whole library into groups again</source>
        <translation>Die ganze Bibliothek noch einmal in Gruppen ordnen</translation>
    </message>
    <message>
        <source>Write all groups for the trainer</source>
        <translation>Alle Gruppen für das Training schreiben</translation>
    </message>
    <message>
        <source>Too few alike, or too far from every group</source>
        <translation>Zu wenige gleichen sich, oder zu weit von jeder Gruppe</translation>
    </message>
    <message>
        <source>Making the map</source>
        <translation>Karte wird angelegt</translation>
    </message>
    <message>
        <source>The map could not be made</source>
        <translation>Die Karte ließ sich nicht anlegen</translation>
    </message>
    <message>
        <source>Nothing to put on a map yet</source>
        <translation>Noch nichts für eine Karte da</translation>
    </message>
    <message>
        <source>Index pictures first: open a folder, or drop one on the window.</source>
        <translation>Zuerst Bilder aufnehmen: einen Ordner öffnen oder auf das Fenster ziehen.</translation>
    </message>
    <message>
        <source>The map has not been made</source>
        <translation>Die Karte ist noch nicht angelegt</translation>
    </message>
    <message>
        <source>It takes a few seconds.</source>
        <translation>Das dauert wenige Sekunden.</translation>
    </message>
    <message>
        <source>No groups yet</source>
        <translation>Noch keine Gruppen</translation>
    </message>
    <message>
        <source>Too few pictures share a logic. Index more of them.</source>
        <translation>Zu wenige Bilder teilen eine Logik. Mehr davon aufnehmen.</translation>
    </message>
    <message>
        <source>Progress of the map</source>
        <translation>Fortschritt der Karte</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s), each with each</source>
        <translation>
            <numerusform>%Ln Bild, jedes mit jedem</numerusform>
            <numerusform>%Ln Bilder, jedes mit jedem</numerusform>
        </translation>
    </message>
    <message>
        <source>Compare many in a &amp;matrix</source>
        <translation>Viele in einer &amp;Matrix vergleichen</translation>
    </message>
    <message numerus="yes">
        <source>Compare these %n in a matrix</source>
        <translation>
            <numerusform>Dieses eine in einer Matrix vergleichen</numerusform>
            <numerusform>Diese %Ln in einer Matrix vergleichen</numerusform>
        </translation>
    </message>
    <message>
        <source>Compare in a matrix ({most} at most)</source>
        <translation>In einer Matrix vergleichen (höchstens {most})</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>Bilder hinzufügen</translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation>Bild (PNG) …</translation>
    </message>
    <message>
        <source>Table of all pairs (CSV)…</source>
        <translation>Tabelle aller Paare (CSV) …</translation>
    </message>
    <message>
        <source>Square table (CSV)…</source>
        <translation>Quadratische Tabelle (CSV) …</translation>
    </message>
    <message>
        <source>Save the matrix as a picture</source>
        <translation>Matrix als Bild sichern</translation>
    </message>
    <message>
        <source>Save all pairs</source>
        <translation>Alle Paare sichern</translation>
    </message>
    <message>
        <source>Save the square</source>
        <translation>Quadrat sichern</translation>
    </message>
    <message>
        <source>Find analogies of {name}</source>
        <translation>Analogien von {name} finden</translation>
    </message>
    <message>
        <source>Compare these two</source>
        <translation>Diese beiden vergleichen</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Take {name} out</source>
        <translation>{name} herausnehmen</translation>
    </message>
    <message>
        <source>matrix of {count} pictures</source>
        <translation>Matrix aus {count} Bildern</translation>
    </message>
    <message>
        <source>Add pictures…</source>
        <translation>Bilder hinzufügen …</translation>
    </message>
    <message>
        <source>Score again</source>
        <translation>Erneut bewerten</translation>
    </message>
    <message>
        <source>Choose pictures…</source>
        <translation>Bilder auswählen …</translation>
    </message>
    <message>
        <source>Relation, percentile</source>
        <translation>Beziehung, Rang in Prozent</translation>
    </message>
    <message>
        <source>Relation above, look below</source>
        <translation>Beziehung oben, Aussehen unten</translation>
    </message>
    <message>
        <source>Alike side by side</source>
        <translation>Ähnliche nebeneinander</translation>
    </message>
    <message>
        <source>As they came</source>
        <translation>Wie sie kamen</translation>
    </message>
    <message>
        <source>What the cells show</source>
        <translation>Was die Felder zeigen</translation>
    </message>
    <message>
        <source>How the pictures are ordered</source>
        <translation>Wie die Bilder geordnet sind</translation>
    </message>
    <message>
        <source>Save the matrix as a picture or a table</source>
        <translation>Matrix als Bild oder Tabelle sichern</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>These cannot be scored</source>
        <translation>Diese lassen sich nicht bewerten</translation>
    </message>
    <message>
        <source>Scoring…</source>
        <translation>Wird bewertet …</translation>
    </message>
    <message>
        <source>One more picture, please</source>
        <translation>Noch ein Bild, bitte</translation>
    </message>
    <message>
        <source>Compare many pictures with one another</source>
        <translation>Viele Bilder miteinander vergleichen</translation>
    </message>
    <message>
        <source>Drop up to {most} here, or select some in the collection and choose “Compare in a matrix” in their menu.</source>
        <translation>Bis zu {most} hierher ziehen, oder einige in der Sammlung wählen und in ihrem Menü „In einer Matrix vergleichen“.</translation>
    </message>
    <message>
        <source>Drop to add to the matrix</source>
        <translation>Ablegen, um es der Matrix hinzuzufügen</translation>
    </message>
    <message>
        <source>Look at the two closely (Return)</source>
        <translation>Die beiden genau ansehen (Eingabe)</translation>
    </message>
    <message>
        <source>Relation {score}</source>
        <translation>Beziehung {score}</translation>
    </message>
    <message>
        <source>above {share} % of pairs</source>
        <translation>über {share} % der Paare</translation>
    </message>
    <message>
        <source>Look {score}: they {words}</source>
        <translation>Aussehen {score}: sie {words}</translation>
    </message>
    <message>
        <source>Take this picture out (Delete)</source>
        <translation>Dieses Bild herausnehmen (Entf)</translation>
    </message>
    <message>
        <source>Read it</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Download…</source>
        <translation>Laden …</translation>
    </message>
    <message>
        <source>Import from folder…</source>
        <translation>Aus Ordner importieren …</translation>
    </message>
    <message>
        <source>Rank with it</source>
        <translation>Damit ordnen</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Ranks now</source>
        <translation>Ordnet jetzt</translation>
    </message>
    <message>
        <source>Is being brought in</source>
        <translation>Wird gebracht</translation>
    </message>
    <message>
        <source>Licence: {licence}</source>
        <translation>Lizenz: {licence}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>Verwerfen …</translation>
    </message>
    <message>
        <source>Progress of {title}</source>
        <translation>Fortschritt von {title}</translation>
    </message>
    <message>
        <source>Read the licence of {title}</source>
        <translation>Die Lizenz von {title} lesen</translation>
    </message>
    <message>
        <source>Get more…</source>
        <translation>Weitere …</translation>
    </message>
    <message>
        <source>Model: {model} ({share})  ▾</source>
        <translation>Modell: {model} ({share})  ▾</translation>
    </message>
    <message>
        <source>Model: {model}  ▾</source>
        <translation>Modell: {model}  ▾</translation>
    </message>
    <message>
        <source>Model that ranks: {model}</source>
        <translation>Modell, das ordnet: {model}</translation>
    </message>
    <message>
        <source>The model that ranks pictures; choose another</source>
        <translation>Das Modell, das Bilder ordnet; ein anderes wählen</translation>
    </message>
    <message>
        <source>Download {title}?</source>
        <translation>{title} laden?</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Folder that holds {title}</source>
        <translation>Ordner, der {title} enthält</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>{size} become free. </source>
        <translation>{size} werden frei. </translation>
    </message>
    <message>
        <source>A later download begins anew.</source>
        <translation>Ein späterer Download beginnt von vorn.</translation>
    </message>
    <message>
        <source>Vectors and captions that it made stay in your libraries.</source>
        <translation>Vektoren und Beschreibungen daraus bleiben in den Bibliotheken.</translation>
    </message>
    <message>
        <source>{free} free in {place}</source>
        <translation>{free} frei in {place}</translation>
    </message>
    <message>
        <source>relsim-mini is always there. Larger models see more, and want a graphics card.</source>
        <translation>relsim-mini ist immer da. Größere Modelle sehen mehr und wünschen sich eine Grafikkarte.</translation>
    </message>
    <message>
        <source>Neighbors</source>
        <translation>Nachbarn</translation>
    </message>
    <message>
        <source>Collapse them again (Space)</source>
        <translation>Wieder zusammenfassen (Leertaste)</translation>
    </message>
    <message numerus="yes">
        <source>Show the %n picture(s) like it (Space)</source>
        <translation>
            <numerusform>Das gleiche Bild zeigen (Leertaste)</numerusform>
            <numerusform>Die %Ln gleichen Bilder zeigen (Leertaste)</numerusform>
        </translation>
    </message>
    <message>
        <source>In {folder}</source>
        <translation>In {folder}</translation>
    </message>
    <message>
        <source>{where}, built on {base}</source>
        <translation>{where}, beruht auf {base}</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>Von der Liste nehmen</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>Eigenes</translation>
    </message>
    <message>
        <source>Add a model from a folder…</source>
        <translation>Modell aus einem Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Which base model?</source>
        <translation>Welches Basismodell?</translation>
    </message>
    <message>
        <source>{model} does not say which Qwen2.5-VL it is built on, or that is not on this computer. Choose the folder that holds it.</source>
        <translation>{model} sagt nicht, auf welchem Qwen2.5-VL es beruht, oder dieses ist nicht auf dem Computer. Bitte den Ordner auswählen, der es enthält.</translation>
    </message>
    <message>
        <source>Choose its folder…</source>
        <translation>Ordner auswählen …</translation>
    </message>
    <message>
        <source>Base model of {model}</source>
        <translation>Basismodell von {model}</translation>
    </message>
    <message>
        <source>taking {model} off the list</source>
        <translation>Nehmen von {model} von der Liste</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>What would you like to do?</source>
        <translation>Was soll geschehen?</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Nothing like that</source>
        <translation>Nichts dergleichen</translation>
    </message>
    <message>
        <source>&amp;Command palette…</source>
        <translation>&amp;Befehlspalette …</translation>
    </message>
    <message>
        <source>The library is not open yet</source>
        <translation>Die Bibliothek ist noch nicht offen</translation>
    </message>
    <message>
        <source>Nothing to undo here</source>
        <translation>Hier ist nichts rückgängig zu machen</translation>
    </message>
    <message>
        <source>Nothing to do again here</source>
        <translation>Hier ist nichts zu wiederholen</translation>
    </message>
    <message>
        <source>No earlier question</source>
        <translation>Keine frühere Frage</translation>
    </message>
    <message>
        <source>No later question</source>
        <translation>Keine spätere Frage</translation>
    </message>
    <message>
        <source>Not possible now</source>
        <translation>Gerade nicht möglich</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>Board</translation>
    </message>
    <message>
        <source>Recent question</source>
        <translation>Letzte Frage</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>It is not there now</source>
        <translation>Gerade nicht da</translation>
    </message>
    <message>
        <source>There are no pictures in this folder</source>
        <translation>In diesem Ordner sind keine Bilder</translation>
    </message>
    <message>
        <source>Find analogies</source>
        <translation>Analogien finden</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Copy paths</source>
        <translation>Pfade kopieren</translation>
    </message>
    <message>
        <source>Se&amp;ttings</source>
        <translation>Ei&amp;nstellungen</translation>
    </message>
    <message>
        <source>restoring {setting}</source>
        <translation>Zurücksetzen von {setting}</translation>
    </message>
    <message>
        <source>{folder}. Start the program with --library FOLDER to open another one.</source>
        <translation>{folder}. Das Programm mit --library ORDNER starten, um eine andere zu öffnen.</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>No setting like that</source>
        <translation>Keine solche Einstellung</translation>
    </message>
    <message>
        <source>Escape shows all of them.</source>
        <translation>Escape zeigt alle.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Restore the default of {setting}</source>
        <translation>{setting}: Vorgabe wiederherstellen</translation>
    </message>
    <message>
        <source>How likely it is that this sentence names the picture’s relation</source>
        <translation>Wie wahrscheinlich dieser Satz die Beziehung des Bildes nennt</translation>
    </message>
    <message>
        <source>Edit description (F2)</source>
        <translation>Beschreibung ändern (F2)</translation>
    </message>
    <message>
        <source>More on this description</source>
        <translation>Mehr zu dieser Beschreibung</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>Zurück (Alt+Links)</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Forward (Alt+Right)</source>
        <translation>Vor (Alt+Rechts)</translation>
    </message>
    <message>
        <source>Relation in words</source>
        <translation>Beziehung in Worten</translation>
    </message>
    <message>
        <source>Asked together</source>
        <translation>Zusammen gefragt</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Wird geschrieben …</translation>
    </message>
    <message>
        <source>Away from {title}; ask for it instead</source>
        <translation>Weg von {title}; stattdessen danach fragen</translation>
    </message>
    <message>
        <source>Towards {title}; push away from it instead</source>
        <translation>Hin zu {title}; stattdessen davon weg suchen</translation>
    </message>
    <message>
        <source>Weight of {title}: {weight}; change it</source>
        <translation>Gewicht von {title}: {weight}; ändern</translation>
    </message>
    <message>
        <source>Take {title} out of the question</source>
        <translation>{title} aus der Frage nehmen</translation>
    </message>
    <message>
        <source>What these pictures share</source>
        <translation>Was diese Bilder gemeinsam haben</translation>
    </message>
    <message>
        <source>Which relation do you mean?</source>
        <translation>Welche Beziehung ist gemeint?</translation>
    </message>
    <message>
        <source>Type one…</source>
        <translation>Eine eingeben …</translation>
    </message>
    <message>
        <source>Type the relation that you mean</source>
        <translation>Die gemeinte Beziehung eingeben</translation>
    </message>
    <message>
        <source>Say in your own words which relation you mean</source>
        <translation>In eigenen Worten sagen, welche Beziehung gemeint ist</translation>
    </message>
    <message>
        <source>e.g. {Subject} growing step by step</source>
        <translation>z. B. {Subject} growing step by step</translation>
    </message>
    <message>
        <source>The relation that you mean</source>
        <translation>Die gemeinte Beziehung</translation>
    </message>
    <message>
        <source>{confidence} likely</source>
        <translation>zu {confidence} wahrscheinlich</translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation>Was ausgelassen wird</translation>
    </message>
    <message>
        <source>Leave these out</source>
        <translation>Das auslassen</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>Änderungen verwerfen</translation>
    </message>
    <message>
        <source>Nothing is left out</source>
        <translation>Nichts wird ausgelassen</translation>
    </message>
    <message>
        <source>One pattern a line, as in a .gitignore file; files named .relsimignore inside folders count too. What is left out is not deleted, and comes back at once when the pattern goes.</source>
        <translation>Ein Muster je Zeile, wie in einer .gitignore-Datei; Dateien namens .relsimignore in Ordnern gelten auch. Was ausgelassen wird, ist nicht gelöscht und kommt sofort wieder, wenn das Muster geht.</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Bilder (*.png)</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gesichert</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>{name} gesichert</translation>
    </message>
    <message>
        <source>It is in {folder}</source>
        <translation>Zu finden in {folder}</translation>
    </message>
    <message>
        <source>Leave a page, close a box</source>
        <translation>Eine Seite verlassen, ein Fenster schließen</translation>
    </message>
    <message>
        <source>Escape</source>
        <translation>Escape</translation>
    </message>
    <message>
        <source>Command palette, too</source>
        <translation>Ebenfalls Befehlspalette</translation>
    </message>
    <message>
        <source>Next and previous control</source>
        <translation>Nächstes und voriges Element</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation>Tab, Umschalt+Tab</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Move among pictures</source>
        <translation>Durch die Bilder gehen</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>Pfeiltasten</translation>
    </message>
    <message>
        <source>Find the analogies of a neighbor</source>
        <translation>Die Analogien eines Nachbarn finden</translation>
    </message>
    <message>
        <source>Select several pictures</source>
        <translation>Mehrere Bilder wählen</translation>
    </message>
    <message>
        <source>Ctrl+Click, Shift+Arrow keys</source>
        <translation>Strg+Klick, Umschalt+Pfeiltasten</translation>
    </message>
    <message>
        <source>Judge a neighbor: good analogy, only looks alike, no analogy</source>
        <translation>Einen Nachbarn beurteilen: gute Analogie, sieht nur ähnlich aus, keine Analogie</translation>
    </message>
    <message>
        <source>Put a picture on the board that was used last</source>
        <translation>Ein Bild auf das zuletzt benutzte Board legen</translation>
    </message>
    <message>
        <source>Take a picture off a board</source>
        <translation>Ein Bild von einem Board nehmen</translation>
    </message>
    <message>
        <source>User study</source>
        <translation>Nutzerstudie</translation>
    </message>
    <message>
        <source>A is closer, B is closer, neither is</source>
        <translation>A ist näher, B ist näher, keines ist näher</translation>
    </message>
    <message>
        <source>Take the last answer back, ask this one later</source>
        <translation>Letzte Antwort zurücknehmen, diese Frage später stellen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search the shortcuts</source>
        <translation>Tasten durchsuchen</translation>
    </message>
    <message>
        <source>Add to board…</source>
        <translation>Auf ein Board …</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare with the reference (Return)</source>
        <translation>Mit der Vorlage vergleichen (Eingabe)</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy picture (Ctrl+C)</source>
        <translation>Bild kopieren (Strg+C)</translation>
    </message>
    <message>
        <source>Keep on board…</source>
        <translation>Auf Board behalten …</translation>
    </message>
    <message>
        <source>Put the selected pictures into the library and on a board</source>
        <translation>Die gewählten Bilder in die Bibliothek und auf ein Board legen</translation>
    </message>
    <message>
        <source>No picture was made</source>
        <translation>Es ist kein Bild entstanden</translation>
    </message>
    <message>
        <source>The first picture is on its way</source>
        <translation>Das erste Bild ist unterwegs</translation>
    </message>
    <message>
        <source>Large models take a minute to wake up.</source>
        <translation>Große Modelle brauchen eine Minute zum Laden.</translation>
    </message>
    <message>
        <source>Stopped before the first picture was there</source>
        <translation>Angehalten, bevor das erste Bild da war</translation>
    </message>
    <message>
        <source>Take a picture. Its idea is put into words; fill the slots with other things, and a generator makes new pictures of the same idea.</source>
        <translation>Nehmen Sie ein Bild. Seine Idee wird in Worte gefasst; füllen Sie die Platzhalter mit anderen Dingen, und ein Generator erzeugt neue Bilder derselben Idee.</translation>
    </message>
    <message>
        <source>The prompt is yours to copy</source>
        <translation>Der Prompt lässt sich kopieren</translation>
    </message>
    <message>
        <source>Paste it into any image generator. Or choose above what shall make the pictures here; they are then ranked by how well they keep the idea.</source>
        <translation>Fügen Sie ihn in einen beliebigen Bildgenerator ein. Oder wählen Sie oben, was die Bilder hier erzeugen soll; sie werden dann danach geordnet, wie gut sie die Idee bewahren.</translation>
    </message>
    <message>
        <source>The generator cannot run yet</source>
        <translation>Der Generator kann noch nicht arbeiten</translation>
    </message>
    <message>
        <source>It says above what is missing. The prompt can be copied meanwhile.</source>
        <translation>Oben steht, was fehlt. Der Prompt lässt sich solange kopieren.</translation>
    </message>
    <message>
        <source>Fill the slots</source>
        <translation>Füllen Sie die Platzhalter</translation>
    </message>
    <message>
        <source>Choose for each slot what it shall show instead, or let yourself be surprised.</source>
        <translation>Wählen Sie für jeden Platzhalter, was er stattdessen zeigen soll, oder lassen Sie sich überraschen.</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>The pictures come here, best first: the same idea, another look.</source>
        <translation>Hier erscheinen die Bilder, das beste zuerst: dieselbe Idee, anderes Aussehen.</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>CSV exportieren …</translation>
    </message>
    <message>
        <source>Export PNG…</source>
        <translation>PNG exportieren …</translation>
    </message>
    <message>
        <source>Two selected pictures, or one with the query</source>
        <translation>Zwei gewählte Bilder, oder eines mit der Frage</translation>
    </message>
    <message>
        <source>The selected pictures as a table, or all of them</source>
        <translation>Die gewählten Bilder als Tabelle, oder alle</translation>
    </message>
    <message>
        <source>What is shown, as a picture</source>
        <translation>Was zu sehen ist, als Bild</translation>
    </message>
    <message>
        <source>Click, or drag with Shift, to select. Double-click asks.</source>
        <translation>Klicken, oder mit Umschalt ziehen, wählt. Doppelklick fragt.</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) selected</source>
        <translation>
            <numerusform>%Ln Bild gewählt</numerusform>
            <numerusform>%Ln Bilder gewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>Als CSV exportieren</translation>
    </message>
    <message>
        <source>Export as PNG</source>
        <translation>Als PNG exportieren</translation>
    </message>
    <message>
        <source>Wrote {file}</source>
        <translation>{file} geschrieben</translation>
    </message>
    <message>
        <source>Similarity space</source>
        <translation>Ähnlichkeitsraum</translation>
    </message>
    <message numerus="yes">
        <source>Copied %n path(s)</source>
        <translation>
            <numerusform>%Ln Pfad kopiert</numerusform>
            <numerusform>%Ln Pfade kopiert</numerusform>
        </translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>Zurück (Esc)</translation>
    </message>
    <message>
        <source>Move: drag to move what is shown</source>
        <translation>Bewegen: ziehen verschiebt, was zu sehen ist</translation>
    </message>
    <message>
        <source>Rectangle: drag to select</source>
        <translation>Rechteck: ziehen wählt</translation>
    </message>
    <message>
        <source>Lasso: draw around what to select</source>
        <translation>Lasso: um das zeichnen, was gewählt werden soll</translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation>Näher (+)</translation>
    </message>
    <message>
        <source>Back away (−)</source>
        <translation>Weiter weg (−)</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Show all (0)</source>
        <translation>Alles zeigen (0)</translation>
    </message>
    <message>
        <source>Percentiles</source>
        <translation>Ränge in Prozent</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>The same pictures as a table</source>
        <translation>Dieselben Bilder als Tabelle</translation>
    </message>
    <message>
        <source>Let the axes say which share of the library’s pairs is less alike, not cosines</source>
        <translation>Die Achsen sagen, welcher Anteil der Paare dieser Bibliothek sich weniger gleicht, statt Kosinus</translation>
    </message>
    <message>
        <source>Pictures of the similarity space</source>
        <translation>Bilder des Ähnlichkeitsraums</translation>
    </message>
    <message>
        <source>Similarity space of {name}</source>
        <translation>Ähnlichkeitsraum von {name}</translation>
    </message>
    <message>
        <source>Then its neighbors lie here by logic and by look. A sentence has no look.</source>
        <translation>Dann liegen seine Nachbarn hier nach Logik und Aussehen. Ein Satz hat kein Aussehen.</translation>
    </message>
    <message>
        <source>Ask about a picture first</source>
        <translation>Zuerst nach einem Bild fragen</translation>
    </message>
    <message>
        <source>Placing the library around it…</source>
        <translation>Die Bibliothek wird darum angeordnet …</translation>
    </message>
    <message>
        <source>Add pictures to the library; they appear here as soon as they are indexed.</source>
        <translation>Bilder in die Bibliothek aufnehmen; sie erscheinen hier, sobald sie gelesen sind.</translation>
    </message>
    <message>
        <source>No other picture is indexed yet</source>
        <translation>Noch ist kein anderes Bild aufgenommen</translation>
    </message>
    <message>
        <source>The {shown} most interesting of {of} pictures, relation scored by {model}</source>
        <translation>Die {shown} interessantesten von {of} Bildern, Beziehung bewertet von {model}</translation>
    </message>
    <message>
        <source>The pictures cannot be placed</source>
        <translation>Die Bilder lassen sich nicht anordnen</translation>
    </message>
    <message>
        <source>Look: alike to the right →</source>
        <translation>Aussehen: ähnlich nach rechts →</translation>
    </message>
    <message>
        <source>Relation: closer upwards →</source>
        <translation>Beziehung: näher nach oben →</translation>
    </message>
    <message>
        <source>↖ Same logic, looks different</source>
        <translation>↖ Gleiche Logik, sieht anders aus</translation>
    </message>
    <message>
        <source>Same logic, same look ↗</source>
        <translation>Gleiche Logik, sieht gleich aus ↗</translation>
    </message>
    <message>
        <source>↙ Other logic, looks different</source>
        <translation>↙ Andere Logik, sieht anders aus</translation>
    </message>
    <message>
        <source>Other logic, same look ↘</source>
        <translation>Andere Logik, sieht gleich aus ↘</translation>
    </message>
    <message>
        <source>The arrow keys answer as well: left for A, right for B, down for neither.</source>
        <translation>Auch die Pfeiltasten antworten: links für A, rechts für B, unten für keines.</translation>
    </message>
    <message>
        <source>The picture in question</source>
        <translation>Das Bild, um das es geht</translation>
    </message>
    <message>
        <source>Picture A</source>
        <translation>Bild A</translation>
    </message>
    <message>
        <source>Picture B</source>
        <translation>Bild B</translation>
    </message>
    <message>
        <source>A is closer</source>
        <translation>A ist näher</translation>
    </message>
    <message>
        <source>B is closer</source>
        <translation>B ist näher</translation>
    </message>
    <message>
        <source>Neither is closer</source>
        <translation>Keines ist näher</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Which picture is closer?</source>
        <translation>Welches Bild ist näher?</translation>
    </message>
    <message>
        <source>1, A, or the left arrow key</source>
        <translation>1, A oder Pfeil nach links</translation>
    </message>
    <message>
        <source>2, B, or the right arrow key</source>
        <translation>2, B oder Pfeil nach rechts</translation>
    </message>
    <message>
        <source>3, S, or the down arrow key</source>
        <translation>3, S oder Pfeil nach unten</translation>
    </message>
    <message>
        <source>Ask the last question again</source>
        <translation>Die letzte Frage noch einmal stellen</translation>
    </message>
    <message>
        <source>Ask this one last</source>
        <translation>Diese Frage zuletzt stellen</translation>
    </message>
    <message>
        <source>Go on later where you are now (Escape)</source>
        <translation>Später hier weitermachen (Escape)</translation>
    </message>
    <message>
        <source>Show which files could not be read, and why</source>
        <translation>Zeigen, welche Dateien nicht lesbar waren, und warum</translation>
    </message>
    <message>
        <source>Show the models of this computer</source>
        <translation>Die Modelle dieses Computers zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%n more folder(s) waiting</source>
        <translation>
            <numerusform>noch %Ln Ordner wartet</numerusform>
            <numerusform>noch %Ln Ordner warten</numerusform>
        </translation>
    </message>
    <message>
        <source>Download of {title}{share}</source>
        <translation>Download von {title}{share}</translation>
    </message>
    <message>
        <source>{model} is not used</source>
        <translation>{model} wird nicht benutzt</translation>
    </message>
    <message>
        <source>Indexing cancelled; what is done so far stays</source>
        <translation>Aufnehmen abgebrochen; was fertig ist, bleibt</translation>
    </message>
    <message>
        <source>Without a graphics card a caption takes a minute or more: pictures are described once you choose Library › Describe pictures</source>
        <translation>Ohne Grafikkarte dauert eine Beschreibung eine Minute oder länger: Bilder werden erst mit Bibliothek › Bilder beschreiben beschrieben</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Modell wird geladen …</translation>
    </message>
    <message>
        <source>Describing stopped; what is written so far stays</source>
        <translation>Beschreiben angehalten; was geschrieben ist, bleibt</translation>
    </message>
    <message>
        <source>The model could not be loaded</source>
        <translation>Das Modell ließ sich nicht laden</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Narrow the answers down (Ctrl+Shift+F)</source>
        <translation>Die Antworten eingrenzen (Strg+Umschalt+F)</translation>
    </message>
    <message>
        <source>More on the order of the answers</source>
        <translation>Mehr zur Ordnung der Antworten</translation>
    </message>
    <message>
        <source>Filters · {count}</source>
        <translation>Filter · {count}</translation>
    </message>
    <message numerus="yes">
        <source>Filters, %n set</source>
        <translation>
            <numerusform>Filter, %Ln gesetzt</numerusform>
            <numerusform>Filter, %Ln gesetzt</numerusform>
        </translation>
    </message>
    <message>
        <source>Least related first</source>
        <translation>Am wenigsten verwandte zuerst</translation>
    </message>
    <message>
        <source>Remove “{text}”</source>
        <translation>„{text}“ entfernen</translation>
    </message>
    <message>
        <source>Take the &amp;tour</source>
        <translation>&amp;Rundgang beginnen</translation>
    </message>
    <message>
        <source>Step {number} of {all}</source>
        <translation>Schritt {number} von {all}</translation>
    </message>
    <message>
        <source>That was the tour. F1 opens the help at any time</source>
        <translation>Das war der Rundgang. F1 öffnet jederzeit die Hilfe</translation>
    </message>
    <message>
        <source>Leave the tour</source>
        <translation>Rundgang verlassen</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Start with pictures</source>
        <translation>Mit Bildern beginnen</translation>
    </message>
    <message>
        <source>Press “Try the sample collection”. Its pictures are read once and stay where they are; you can watch them light up.</source>
        <translation>„Beispielsammlung ausprobieren“ drücken. Die Bilder werden einmal gelesen und bleiben, wo sie sind; dabei leuchten sie auf.</translation>
    </message>
    <message>
        <source>Ask about a picture</source>
        <translation>Nach einem Bild fragen</translation>
    </message>
    <message>
        <source>Click a picture, or go to it with the arrow keys. At the right are its analogies: pictures that share its logic. The sentence above says which.</source>
        <translation>Ein Bild anklicken oder mit den Pfeiltasten hingehen. Rechts stehen seine Analogien: Bilder, die seine Logik teilen. Der Satz darüber sagt, welche.</translation>
    </message>
    <message>
        <source>Turn up the surprise</source>
        <translation>Überraschung aufdrehen</translation>
    </message>
    <message>
        <source>Move this slider to the right: what looks like your picture steps back, and what looks nothing like it comes forward.</source>
        <translation>Diesen Regler nach rechts schieben: Was dem Bild ähnlich sieht, tritt zurück, und was ganz anders aussieht, kommt nach vorn.</translation>
    </message>
    <message>
        <source>Say which relation you mean</source>
        <translation>Sagen, welche Beziehung gemeint ist</translation>
    </message>
    <message>
        <source>One picture holds several relations. Choose one here, and the answers follow it.</source>
        <translation>Ein Bild enthält mehrere Beziehungen. Hier eine wählen, und die Antworten folgen ihr.</translation>
    </message>
    <message>
        <source>Judge what you see</source>
        <translation>Urteilen</translation>
    </message>
    <message>
        <source>Rest the mouse on a neighbor and press one of the marks; or go to it with the arrow keys and press 1 for a good analogy, 2 if it only looks alike, 3 if it is none. The program remembers, and learns from it.</source>
        <translation>Mit der Maus auf einem Nachbarn ruhen und eine der Marken drücken; oder mit den Pfeiltasten hingehen und 1 für eine gute Analogie drücken, 2, wenn er nur ähnlich aussieht, 3, wenn er keine ist. Das Programm merkt es sich und lernt daraus.</translation>
    </message>
    <message>
        <source>Collect on a board</source>
        <translation>Auf einem Board sammeln</translation>
    </message>
    <message>
        <source>Press B on a picture to put it on a board. Boards are arranged, noted and exported; they open here.</source>
        <translation>B legt ein Bild auf ein Board. Boards werden angeordnet, mit Notizen versehen und exportiert; hier öffnen sie sich.</translation>
    </message>
    <message>
        <source>Compare two pictures</source>
        <translation>Zwei Bilder vergleichen</translation>
    </message>
    <message>
        <source>Select two pictures with Ctrl+Click and press this button: it says how close they are in logic, and how alike they look.</source>
        <translation>Zwei Bilder mit Strg+Klick wählen und diesen Knopf drücken: Er sagt, wie nah sie sich in der Logik sind und wie ähnlich sie aussehen.</translation>
    </message>
    <message>
        <source>Judged pairs</source>
        <translation>Beurteilte Paare</translation>
    </message>
    <message>
        <source>All &amp;verdicts</source>
        <translation>Alle &amp;Urteile</translation>
    </message>
    <message>
        <source>Reading the verdicts…</source>
        <translation>Urteile werden gelesen …</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Take back what is selected (Del)</source>
        <translation>Zurücknehmen, was gewählt ist (Entf)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>No verdict of this kind</source>
        <translation>Kein Urteil dieser Art</translation>
    </message>
    <message>
        <source>Find the analogies of a picture, and press 1, 2 or 3 on what you see.</source>
        <translation>Die Analogien eines Bildes suchen und bei dem, was zu sehen ist, 1, 2 oder 3 drücken.</translation>
    </message>
    <message>
        <source>No verdicts yet</source>
        <translation>Noch keine Urteile</translation>
    </message>
    <message>
        <source>The verdicts cannot be read</source>
        <translation>Die Urteile lassen sich nicht lesen</translation>
    </message>
    <message>
        <source>Verdicts</source>
        <translation>Urteile</translation>
    </message>
    <message>
        <source>All verdicts</source>
        <translation>Alle Urteile</translation>
    </message>
    <message>
        <source>Groups (*.jsonl);;All files (*)</source>
        <translation>Gruppen (*.jsonl);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Verify groups</source>
        <translation>Gruppen prüfen</translation>
    </message>
    <message>
        <source>Close without saving the last decisions?</source>
        <translation>Schließen, ohne die letzten Entscheidungen zu sichern?</translation>
    </message>
    <message>
        <source>{name} was changed by another program</source>
        <translation>Ein anderes Programm hat {name} geändert</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>Reading it again takes what the other program has written, and repeats your decisions that are not saved yet on groups that it has left alone. Writing over it keeps everything as you see it here.</source>
        <translation>Neu lesen übernimmt, was das andere Programm geschrieben hat, und wiederholt die noch nicht gesicherten Entscheidungen bei Gruppen, die es unverändert ließ. Überschreiben behält alles so, wie es hier zu sehen ist.</translation>
    </message>
    <message>
        <source>Write over it</source>
        <translation>Überschreiben</translation>
    </message>
    <message>
        <source>Keys 1 to 9, or Tab, choose a picture. Space is Next as well.</source>
        <translation>Die Tasten 1 bis 9 oder Tab wählen ein Bild. Die Leertaste ist auch Weiter.</translation>
    </message>
    <message>
        <source>Words in braces stand for what differs from picture to picture; { puts what is selected in braces.</source>
        <translation>Wörter in Klammern stehen für das, was von Bild zu Bild verschieden ist; { setzt das Gewählte in Klammern.</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next undecided</source>
        <translation>Nächste offene</translation>
    </message>
    <message>
        <source>Take out picture</source>
        <translation>Bild herausnehmen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Save and accept</source>
        <translation>Sichern und annehmen</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Aufgeben</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Picture {number} of {all}: {name}</source>
        <translation>Bild {number} von {all}: {name}</translation>
    </message>
    <message>
        <source>Choose what to keep…</source>
        <translation>Wählen, was bleibt …</translation>
    </message>
    <message>
        <source>Key: {key}</source>
        <translation>Taste: {key}</translation>
    </message>
    <message>
        <source>Choose another file…</source>
        <translation>Andere Datei auswählen …</translation>
    </message>
    <message>
        <source>Opening {name}…</source>
        <translation>{name} wird geöffnet …</translation>
    </message>
    <message>
        <source>These groups cannot be verified</source>
        <translation>Diese Gruppen lassen sich nicht prüfen</translation>
    </message>
    <message>
        <source>Query: {a}. Match: {b}</source>
        <translation>Frage: {a}. Treffer: {b}</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>&amp;Similarity space</source>
        <translation>Ä&amp;hnlichkeitsraum</translation>
    </message>
    <message>
        <source>&amp;Why this match</source>
        <translation>&amp;Warum das passt</translation>
    </message>
    <message>
        <source>Why the chosen neighbor matches (Ctrl+I)</source>
        <translation>Warum der gewählte Nachbar passt (Strg+I)</translation>
    </message>
    <message>
        <source>Similarity space of the query…</source>
        <translation>Ähnlichkeitsraum der Frage …</translation>
    </message>
    <message>
        <source>Close “Why this match”</source>
        <translation>„Warum das passt“ schließen</translation>
    </message>
    <message>
        <source>Close (Ctrl+I)</source>
        <translation>Schließen (Strg+I)</translation>
    </message>
    <message>
        <source>Why this match</source>
        <translation>Warum das passt</translation>
    </message>
    <message>
        <source>Shared relation</source>
        <translation>Gemeinsame Beziehung</translation>
    </message>
    <message>
        <source>How close</source>
        <translation>Wie nah</translation>
    </message>
    <message>
        <source>What the slots may be</source>
        <translation>Was die Plätze sein können</translation>
    </message>
    <message>
        <source>Then this says why its neighbors match. A sentence has neither look nor rank.</source>
        <translation>Dann steht hier, warum seine Nachbarn passen. Ein Satz hat weder Aussehen noch Rang.</translation>
    </message>
    <message>
        <source>No match to explain yet</source>
        <translation>Noch kein Treffer zu erklären</translation>
    </message>
    <message>
        <source>Comparing the two…</source>
        <translation>Die beiden werden verglichen …</translation>
    </message>
    <message>
        <source>No relation in common</source>
        <translation>Keine Beziehung gemeinsam</translation>
    </message>
    <message>
        <source>{a} stands for {b}</source>
        <translation>{a} steht für {b}</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>B&amp;ibliothek</translation>
    </message>
    <message>
        <source>&amp;Analogies</source>
        <translation>&amp;Analogien</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>An&amp;sicht</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>&amp;Open folder…</source>
        <translation>&amp;Ordner öffnen …</translation>
    </message>
    <message>
        <source>Open &amp;pictures…</source>
        <translation>&amp;Bilder öffnen …</translation>
    </message>
    <message>
        <source>Open &amp;sample collection</source>
        <translation>Beispiel&amp;sammlung öffnen</translation>
    </message>
    <message>
        <source>&amp;Verify groups…</source>
        <translation>Gruppen &amp;prüfen …</translation>
    </message>
    <message>
        <source>Query from &amp;clipboard</source>
        <translation>Nach der &amp;Zwischenablage fragen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Been&amp;den</translation>
    </message>
    <message>
        <source>Remove from board	Del</source>
        <translation>Vom Board nehmen	Entf</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Rename board</source>
        <translation>Board umbenennen</translation>
    </message>
    <message>
        <source>Verify them</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Undo {step}</source>
        <translation>&amp;Rückgängig: {step}</translation>
    </message>
    <message>
        <source>&amp;Redo {step}</source>
        <translation>&amp;Wiederholen: {step}</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Vor</translation>
    </message>
    <message>
        <source>&amp;Describe a relation…</source>
        <translation>Beziehung &amp;beschreiben …</translation>
    </message>
    <message>
        <source>B&amp;rowse</source>
        <translation>&amp;Stöbern</translation>
    </message>
    <message>
        <source>&amp;Compare two pictures</source>
        <translation>Zwei Bilder &amp;vergleichen</translation>
    </message>
    <message>
        <source>&amp;Swap A and B</source>
        <translation>A und B &amp;tauschen</translation>
    </message>
    <message>
        <source>B&amp;oards</source>
        <translation>B&amp;oards</translation>
    </message>
    <message>
        <source>E&amp;xport as groups…</source>
        <translation>Als &amp;Gruppen exportieren …</translation>
    </message>
    <message>
        <source>Look for &amp;changes</source>
        <translation>&amp;Änderungen suchen</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelle …</translation>
    </message>
    <message>
        <source>&amp;Describe pictures</source>
        <translation>Bilder &amp;beschreiben</translation>
    </message>
    <message>
        <source>&amp;Edit description…</source>
        <translation>Beschreibung än&amp;dern …</translation>
    </message>
    <message>
        <source>&amp;Larger thumbnails</source>
        <translation>&amp;Größere Vorschau</translation>
    </message>
    <message>
        <source>S&amp;maller thumbnails</source>
        <translation>K&amp;leinere Vorschau</translation>
    </message>
    <message>
        <source>Show file &amp;names</source>
        <translation>Datei&amp;namen zeigen</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;About Relsim Desktop</source>
        <translation>Über Relsim &amp;Desktop</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>Bilder öffnen</translation>
    </message>
    <message>
        <source>Pick a picture of the library to describe it</source>
        <translation>Zum Beschreiben ein Bild der Bibliothek wählen</translation>
    </message>
    <message>
        <source>Pictures are described by a captioner: choose one to get</source>
        <translation>Bilder beschreibt ein Beschreiber: einen auswählen und laden</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Describe a relation, e.g. {Subject} growing step by step</source>
        <translation>Eine Beziehung beschreiben, z. B. {Subject} growing step by step</translation>
    </message>
    <message>
        <source>Open folder (Ctrl+O)</source>
        <translation>Ordner öffnen (Strg+O)</translation>
    </message>
    <message>
        <source>Browse</source>
        <translation>Stöbern</translation>
    </message>
    <message>
        <source>Collection and analogies (Ctrl+1)</source>
        <translation>Sammlung und Analogien (Strg+1)</translation>
    </message>
    <message>
        <source>Compare two pictures side by side (Ctrl+D)</source>
        <translation>Zwei Bilder nebeneinander vergleichen (Strg+D)</translation>
    </message>
    <message>
        <source>Your collections of analogies (Ctrl+B)</source>
        <translation>Gesammelte Analogien (Strg+B)</translation>
    </message>
    <message>
        <source>This library cannot be opened</source>
        <translation>Diese Bibliothek lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>Describe a relation</source>
        <translation>Eine Beziehung beschreiben</translation>
    </message>
    <message>
        <source>st</source>
        <comment>ending of the ordinal number 1st, 21st</comment>
        <translation>.</translation>
    </message>
    <message>
        <source>nd</source>
        <comment>ending of the ordinal number 2nd, 22nd</comment>
        <translation>.</translation>
    </message>
    <message>
        <source>rd</source>
        <comment>ending of the ordinal number 3rd, 23rd</comment>
        <translation>.</translation>
    </message>
    <message>
        <source>th</source>
        <comment>ending of an ordinal number such as 4th</comment>
        <translation>.</translation>
    </message>
    <message>
        <source>Closest of {of} by logic</source>
        <translation>In der Logik am nächsten von {of}</translation>
    </message>
    <message>
        <source>{rank} closest of {of} by logic</source>
        <translation>In der Logik am {rank} nächsten von {of}</translation>
    </message>
    <message>
        <source>Closest of {of} by look</source>
        <translation>Im Aussehen am nächsten von {of}</translation>
    </message>
    <message>
        <source>{rank} closest of {of} by look</source>
        <translation>Im Aussehen am {rank} nächsten von {of}</translation>
    </message>
    <message>
        <source>Seen from the match, the query is {rank}</source>
        <translation>Vom Treffer aus gesehen ist die Frage {rank}</translation>
    </message>
    <message>
        <source>More alike than {share} of this library’s pairs</source>
        <translation>Sich ähnlicher als {share} der Paare dieser Bibliothek</translation>
    </message>
    <message>
        <source>Both scored by {model}</source>
        <translation>Beides bewertet von {model}</translation>
    </message>
    <message>
        <source>Relation scored by {logic}, look and shared relation by {look}</source>
        <translation>Beziehung bewertet von {logic}, Aussehen und gemeinsame Beziehung von {look}</translation>
    </message>
    <message>
        <source>The caption bank knows no relation that both clearly show</source>
        <translation>Die Bank kennt keine Beziehung, die beide klar zeigen</translation>
    </message>
    <message>
        <source>From the caption bank, {sure} likely for both</source>
        <translation>Aus der Bank, für beide zu {sure} wahrscheinlich</translation>
    </message>
    <message>
        <source>Without two captions there are no slots to align</source>
        <translation>Ohne zwei Beschreibungen gibt es keine Plätze zuzuordnen</translation>
    </message>
    <message>
        <source>Aligning the slots… The first time waits for the text encoder</source>
        <translation>Plätze werden zugeordnet … Das erste Mal wartet auf den Textkodierer</translation>
    </message>
    <message>
        <source>One of the captions has no slots to align</source>
        <translation>Eine der Beschreibungen hat keine Plätze zum Zuordnen</translation>
    </message>
    <message>
        <source>The captions name different relations, so their slots do not line up</source>
        <translation>Die Beschreibungen nennen verschiedene Beziehungen, darum passen ihre Plätze nicht zueinander</translation>
    </message>
    <message>
        <source>Aligned because both captions word the same relation</source>
        <translation>Zugeordnet, weil beide Beschreibungen dieselbe Beziehung meinen</translation>
    </message>
    <message>
        <source>Aligned by their names and the words around them; this may err</source>
        <translation>Zugeordnet nach ihren Namen und den Wörtern darum; das kann irren</translation>
    </message>
    <message>
        <source>several; each is {what}</source>
        <translation>mehrere; jedes davon {what}</translation>
    </message>
    <message>
        <source>{what}, such as {examples}</source>
        <translation>{what}, zum Beispiel {examples}</translation>
    </message>
    <message>
        <source>A name that is a relation with its slots in braces, such as {Subject} growing step by step, becomes the caption when the board is exported as a group.</source>
        <translation>Ein Name, der eine Beziehung mit Plätzen in Klammern ist, etwa {Subject} growing step by step, wird zur Beschreibung, wenn das Board als Gruppe exportiert wird.</translation>
    </message>
    <message>
        <source>Name of the board</source>
        <translation>Name des Boards</translation>
    </message>
    <message>
        <source>There is a board of that name already.</source>
        <translation>Ein Board dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>Add to board</source>
        <translation>Auf ein Board</translation>
    </message>
    <message>
        <source>Keep on board</source>
        <translation>Auf Board behalten</translation>
    </message>
    <message>
        <source>New board…</source>
        <translation>Neues Board …</translation>
    </message>
    <message>
        <source>Links are not fetched: allow it in the settings, under “Privacy”, or save the picture from the browser and drop the file</source>
        <translation>Links werden nicht geholt: in den Einstellungen unter „Datenschutz“ erlauben, oder das Bild im Browser sichern und die Datei hierher ziehen</translation>
    </message>
    <message>
        <source>{name} is no picture that can be read: {why}</source>
        <translation>{name} ist kein lesbares Bild: {why}</translation>
    </message>
    <message>
        <source>A picture of {width} x {height} pixels is too large: choose a smaller scale, or PDF</source>
        <translation>Ein Bild mit {width} x {height} Pixeln ist zu groß: einen kleineren Maßstab oder PDF wählen</translation>
    </message>
    <message>
        <source>There is not enough memory for this picture: choose a smaller scale</source>
        <translation>Der Speicher reicht nicht für dieses Bild: einen kleineren Maßstab wählen</translation>
    </message>
    <message>
        <source>{file} cannot be written. Make room or choose another place</source>
        <translation>{file} lässt sich nicht schreiben. Platz schaffen oder einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>the picture could not be loaded</source>
        <translation>das Bild ließ sich nicht laden</translation>
    </message>
    <message>
        <source>{file} cannot be written: choose another place</source>
        <translation>{file} lässt sich nicht schreiben: einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>The pictures of this library are not there now</source>
        <translation>Die Bilder dieser Bibliothek sind gerade nicht da</translation>
    </message>
    <message>
        <source>A study needs three pictures in the library at least: add a folder first.</source>
        <translation>Eine Studie braucht mindestens drei Bilder in der Bibliothek: zuerst einen Ordner hinzufügen.</translation>
    </message>
    <message>
        <source>A picture of this question cannot be read, so there is no answer to it. Press L to go on with another question.</source>
        <translation>Ein Bild dieser Frage lässt sich nicht lesen, deshalb gibt es darauf keine Antwort. L führt zu einer anderen Frage.</translation>
    </message>
    <message>
        <source>It is one file that works in any browser, without a network. Who answers sends you the file that it saves; take it in with “Take in answers…”.</source>
        <translation>Es ist eine einzige Datei, die in jedem Browser ohne Netz läuft. Wer antwortet, schickt die Datei, die sie sichert; „Antworten einlesen …“ nimmt sie auf.</translation>
    </message>
    <message>
        <source>The thin bars are the paper’s: its relsim against that method, with other pictures and other people.</source>
        <translation>Die dünnen Balken sind die des Aufsatzes: sein relsim gegen dieses Verfahren, mit anderen Bildern und anderen Menschen.</translation>
    </message>
    <message>
        <source>In brackets: where the share would lie in 95 of 100 such studies with other pictures. “Same hit” counts the pictures for which both methods found the same one; nobody is asked about these.</source>
        <translation>In Klammern: wo der Anteil in 95 von 100 solchen Studien mit anderen Bildern läge. „Gleicher Treffer“ zählt die Bilder, zu denen beide Verfahren dasselbe gefunden haben; nach diesen wird nicht gefragt.</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Webseite (*.html)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Answers and results (*.json)</source>
        <translation>Antworten und Ergebnisse (*.json)</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>Zeichnung (*.svg)</translation>
    </message>
    <message>
        <source>{tested} against {others}</source>
        <translation>{tested} gegen {others}</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%Ln Frage</numerusform>
            <numerusform>%Ln Fragen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%Ln Person</numerusform>
            <numerusform>%Ln Personen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>%Ln Antwort</numerusform>
            <numerusform>%Ln Antworten</numerusform>
        </translation>
    </message>
    <message>
        <source>nobody has answered yet</source>
        <translation>noch niemand hat geantwortet</translation>
    </message>
    <message>
        <source>{name}, {done} of {all}</source>
        <translation>{name}, {done} von {all}</translation>
    </message>
    <message>
        <source>Your pictures are not touched; the study holds copies.</source>
        <translation>Die eigenen Bilder bleiben unberührt; die Studie enthält Kopien.</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) go with it.</source>
        <translation>
            <numerusform>%Ln Antwort geht mit verloren.</numerusform>
            <numerusform>%Ln Antworten gehen mit verloren.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) at most.</source>
        <translation>
            <numerusform>Höchstens %Ln Frage.</numerusform>
            <numerusform>Höchstens %Ln Fragen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Which picture, A or B, shares the logic of the picture on top, no matter what it shows or what it looks like?</source>
        <translation>Welches Bild, A oder B, hat dieselbe Logik wie das Bild oben, gleich was es zeigt und wie es aussieht?</translation>
    </message>
    <message>
        <source>{name}: question {at} of {all}</source>
        <translation>{name}: Frage {at} von {all}</translation>
    </message>
    <message>
        <source>Thank you, {name}</source>
        <translation>Danke, {name}</translation>
    </message>
    <message numerus="yes">
        <source>All %n question(s) are answered, and every answer is kept.</source>
        <translation>
            <numerusform>Die Frage ist beantwortet, und die Antwort ist gesichert.</numerusform>
            <numerusform>Alle %Ln Fragen sind beantwortet, und jede Antwort ist gesichert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>by %n person(s)</source>
        <translation>
            <numerusform>von %Ln Person</numerusform>
            <numerusform>von %Ln Personen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them have not finished</source>
        <translation>
            <numerusform>%Ln davon ist noch nicht fertig</numerusform>
            <numerusform>%Ln davon sind noch nicht fertig</numerusform>
        </translation>
    </message>
    <message>
        <source>Paper: {shares}</source>
        <translation>Aufsatz: {shares}</translation>
    </message>
    <message>
        <source>{tested} {win}, neither {tie}, {baseline} {loss}</source>
        <translation>{tested} {win}, keines {tie}, {baseline} {loss}</translation>
    </message>
    <message>
        <source>Against {baseline} nobody has answered yet.</source>
        <translation>Gegen {baseline} hat noch niemand geantwortet.</translation>
    </message>
    <message>
        <source>{tested} is chosen more often than {baseline}.</source>
        <translation>{tested} wird öfter gewählt als {baseline}.</translation>
    </message>
    <message>
        <source>{baseline} is chosen more often than {tested}.</source>
        <translation>{baseline} wird öfter gewählt als {tested}.</translation>
    </message>
    <message>
        <source>Between {tested} and {baseline} it is too close to call.</source>
        <translation>Zwischen {tested} und {baseline} ist es zu knapp, um etwas zu sagen.</translation>
    </message>
    <message>
        <source>How far people agree is known once two of them have answered the same question.</source>
        <translation>Wie einig sich die Menschen sind, zeigt sich, sobald zwei dieselbe Frage beantwortet haben.</translation>
    </message>
    <message numerus="yes">
        <source>Two people give the same answer in {share} of cases, over %n question(s).</source>
        <translation>
            <numerusform>Zwei Menschen geben in {share} der Fälle dieselbe Antwort, bei %Ln Frage.</numerusform>
            <numerusform>Zwei Menschen geben in {share} der Fälle dieselbe Antwort, bei %Ln Fragen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Fleiss’ kappa is {kappa}: {meaning}.</source>
        <translation>Fleiss’ Kappa ist {kappa}: {meaning}.</translation>
    </message>
    <message>
        <source>no better than chance</source>
        <translation>nicht besser als Zufall</translation>
    </message>
    <message>
        <source>slight agreement</source>
        <translation>geringe Einigkeit</translation>
    </message>
    <message>
        <source>fair agreement</source>
        <translation>leidliche Einigkeit</translation>
    </message>
    <message>
        <source>moderate agreement</source>
        <translation>mäßige Einigkeit</translation>
    </message>
    <message>
        <source>substantial agreement</source>
        <translation>deutliche Einigkeit</translation>
    </message>
    <message>
        <source>almost perfect agreement</source>
        <translation>fast vollkommene Einigkeit</translation>
    </message>
    <message numerus="yes">
        <source>%n new answer(s) taken in</source>
        <translation>
            <numerusform>%Ln neue Antwort eingelesen</numerusform>
            <numerusform>%Ln neue Antworten eingelesen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known already</source>
        <translation>
            <numerusform>%Ln war schon bekannt</numerusform>
            <numerusform>%Ln waren schon bekannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) refused: {reasons}</source>
        <translation>
            <numerusform>%Ln Antwort abgelehnt: {reasons}</numerusform>
            <numerusform>%Ln Antworten abgelehnt: {reasons}</numerusform>
        </translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first} und {last}</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Surprise me</source>
        <translation>Überrasch mich</translation>
    </message>
    <message>
        <source>Fill every slot by chance</source>
        <translation>Jeden Platzhalter zufällig füllen</translation>
    </message>
    <message>
        <source>What it shows instead</source>
        <translation>Was es stattdessen zeigt</translation>
    </message>
    <message>
        <source>Only the prompt</source>
        <translation>Nur der Prompt</translation>
    </message>
    <message>
        <source>A model in a folder</source>
        <translation>Ein Modell in einem Ordner</translation>
    </message>
    <message>
        <source>A model from the hub</source>
        <translation>Ein Modell vom Hub</translation>
    </message>
    <message>
        <source>A server</source>
        <translation>Ein Server</translation>
    </message>
    <message>
        <source>It runs on this computer; nothing is sent anywhere.</source>
        <translation>Es läuft auf diesem Rechner; nichts wird irgendwohin gesendet.</translation>
    </message>
    <message>
        <source>It runs on this computer. Only what was downloaded before is used.</source>
        <translation>Es läuft auf diesem Rechner. Nur was schon heruntergeladen wurde, wird benutzt.</translation>
    </message>
    <message>
        <source>The prompt is sent to this server, and the reference if you give it along.</source>
        <translation>Der Prompt wird an diesen Server gesendet, und die Vorlage, wenn Sie sie mitgeben.</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Kein Schlüssel</translation>
    </message>
    <message>
        <source>Keys…</source>
        <translation>Schlüssel …</translation>
    </message>
    <message>
        <source>Folder of the model</source>
        <translation>Ordner des Modells</translation>
    </message>
    <message>
        <source>Folder of a diffusers model</source>
        <translation>Ordner eines diffusers-Modells</translation>
    </message>
    <message>
        <source>Id of the model</source>
        <translation>Kennung des Modells</translation>
    </message>
    <message>
        <source>Address of the server</source>
        <translation>Adresse des Servers</translation>
    </message>
    <message>
        <source>Model of the server</source>
        <translation>Modell des Servers</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Erzeugt von</translation>
    </message>
    <message>
        <source>Name of the key</source>
        <translation>Name des Schlüssels</translation>
    </message>
    <message>
        <source>Put a key into the keyring of this computer</source>
        <translation>Einen Schlüssel in den Schlüsselbund dieses Rechners legen</translation>
    </message>
    <message>
        <source>The idea</source>
        <translation>Die Idee</translation>
    </message>
    <message>
        <source>Take the idea of the picture again</source>
        <translation>Wieder die Idee des Bildes nehmen</translation>
    </message>
    <message>
        <source>Looking for the idea…</source>
        <translation>Die Idee wird gesucht …</translation>
    </message>
    <message>
        <source>Put what may differ in braces, such as {Subject}, to fill it anew</source>
        <translation>Setzen Sie in geschweifte Klammern, was anders sein darf, etwa {Subject}, um es neu zu füllen</translation>
    </message>
    <message>
        <source>This picture has no clear idea: write one, with {Slots} for what may differ</source>
        <translation>Dieses Bild hat keine klare Idee: Schreiben Sie eine, mit {Slots} für das, was anders sein darf</translation>
    </message>
    <message>
        <source>The prompt</source>
        <translation>Der Prompt</translation>
    </message>
    <message>
        <source>Copy the prompt for any image generator</source>
        <translation>Den Prompt für einen beliebigen Bildgenerator kopieren</translation>
    </message>
    <message>
        <source>Copy the prompt</source>
        <translation>Prompt kopieren</translation>
    </message>
    <message>
        <source>In your words, until a slot or the idea changes</source>
        <translation>In Ihren Worten, bis sich ein Platzhalter oder die Idee ändert</translation>
    </message>
    <message>
        <source>What stands for {slot}</source>
        <translation>Was für {slot} steht</translation>
    </message>
    <message>
        <source>Anything you can picture</source>
        <translation>Alles, was Sie sich vorstellen können</translation>
    </message>
    <message>
        <source>{value} for {slot}</source>
        <translation>{value} für {slot}</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Pictures that were made</source>
        <translation>Bilder, die erzeugt wurden</translation>
    </message>
    <message>
        <source>Answer…</source>
        <translation>Antworten …</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Answer {study}</source>
        <translation>{study} beantworten</translation>
    </message>
    <message>
        <source>Results of {study}</source>
        <translation>Ergebnisse von {study}</translation>
    </message>
    <message>
        <source>More about {study}</source>
        <translation>Mehr zu {study}</translation>
    </message>
    <message>
        <source>Save as a web page…</source>
        <translation>Als Webseite sichern …</translation>
    </message>
    <message>
        <source>Take in answers…</source>
        <translation>Antworten einlesen …</translation>
    </message>
    <message>
        <source>Move to trash…</source>
        <translation>In den Papierkorb …</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Aus der Liste nehmen</translation>
    </message>
    <message>
        <source>Chart: how often each method was chosen</source>
        <translation>Diagramm: wie oft jedes Verfahren gewählt wurde</translation>
    </message>
    <message>
        <source>neither</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>the other method</source>
        <translation>das andere Verfahren</translation>
    </message>
    <message>
        <source>Take the last answer back</source>
        <translation>Letzte Antwort zurücknehmen</translation>
    </message>
    <message>
        <source>Somebody else answers</source>
        <translation>Jemand anderes antwortet</translation>
    </message>
    <message>
        <source>&amp;User studies</source>
        <translation>N&amp;utzerstudien</translation>
    </message>
    <message numerus="yes">
        <source>New user study of these %n…</source>
        <translation>
            <numerusform>Neue Nutzerstudie mit diesem …</numerusform>
            <numerusform>Neue Nutzerstudie mit diesen %Ln …</numerusform>
        </translation>
    </message>
    <message>
        <source>Open the folder of a study</source>
        <translation>Ordner einer Studie öffnen</translation>
    </message>
    <message>
        <source>Take in answers</source>
        <translation>Antworten einlesen</translation>
    </message>
    <message>
        <source>Answers (*.json)</source>
        <translation>Antworten (*.json)</translation>
    </message>
    <message>
        <source>Save the study as a web page</source>
        <translation>Studie als Webseite sichern</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>Diagramm sichern</translation>
    </message>
    <message>
        <source>Save the answers</source>
        <translation>Antworten sichern</translation>
    </message>
    <message>
        <source>Move “{study}” to the trash?</source>
        <translation>„{study}“ in den Papierkorb legen?</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Moved to the trash</source>
        <translation>In den Papierkorb gelegt</translation>
    </message>
    <message>
        <source>It cannot be moved to the trash: remove the folder {folder} yourself</source>
        <translation>Das geht nicht in den Papierkorb: den Ordner {folder} von Hand löschen</translation>
    </message>
    <message>
        <source>New study…</source>
        <translation>Neue Studie …</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>Ordner öffnen …</translation>
    </message>
    <message>
        <source>Looking for studies…</source>
        <translation>Studien werden gesucht …</translation>
    </message>
    <message>
        <source>Which method finds what people find closer?</source>
        <translation>Welches Verfahren findet, was Menschen näher finden?</translation>
    </message>
    <message>
        <source>A user study shows a picture and what two methods found for it, without saying which is which. People choose the closer one, and the results say how often each method was chosen.</source>
        <translation>Eine Nutzerstudie zeigt ein Bild und was zwei Verfahren dazu gefunden haben, ohne zu sagen, welches von welchem ist. Menschen wählen das nähere, und die Ergebnisse sagen, wie oft jedes Verfahren gewählt wurde.</translation>
    </message>
    <message>
        <source>User studies</source>
        <translation>Nutzerstudien</translation>
    </message>
    <message>
        <source>Each picture is shown once for each method to compare with, beside what both find closest to it in your library. Where both find the same, nothing is asked.</source>
        <translation>Jedes Bild wird zu jedem verglichenen Verfahren einmal gezeigt, mit dem, was beide in der Bibliothek als Nächstes dazu finden. Finden beide dasselbe, wird nicht gefragt.</translation>
    </message>
    <message>
        <source>New study</source>
        <translation>Neue Studie</translation>
    </message>
    <message>
        <source>Drawn at random:</source>
        <translation>Zufällig gezogen:</translation>
    </message>
    <message>
        <source>Make study</source>
        <translation>Studie anlegen</translation>
    </message>
    <message>
        <source>Choose at least one method to compare with.</source>
        <translation>Mindestens ein Verfahren zum Vergleich wählen.</translation>
    </message>
    <message numerus="yes">
        <source>The %n selected picture(s)</source>
        <translation>
            <numerusform>Das ausgewählte Bild</numerusform>
            <numerusform>Die %Ln ausgewählten Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Selected pictures</source>
        <translation>Ausgewählte Bilder</translation>
    </message>
    <message>
        <source>Which method finds the same logic?</source>
        <translation>Welches Verfahren findet dieselbe Logik?</translation>
    </message>
    <message>
        <source>Name of the study</source>
        <translation>Name der Studie</translation>
    </message>
    <message>
        <source>The same seed draws the same pictures again</source>
        <translation>Derselbe Startwert zieht wieder dieselben Bilder</translation>
    </message>
    <message>
        <source>Method under test</source>
        <translation>Geprüftes Verfahren</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>Verglichen mit</translation>
    </message>
    <message>
        <source>with seed</source>
        <translation>mit Startwert</translation>
    </message>
    <message>
        <source>All studies</source>
        <translation>Alle Studien</translation>
    </message>
    <message>
        <source>Writing the study…</source>
        <translation>Studie wird geschrieben …</translation>
    </message>
    <message>
        <source>Back to the list of studies (Escape)</source>
        <translation>Zurück zur Liste der Studien (Escape)</translation>
    </message>
    <message>
        <source>Shares of answers by method</source>
        <translation>Anteile der Antworten nach Verfahren</translation>
    </message>
    <message>
        <source>Against</source>
        <translation>Gegen</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>Gewählt</translation>
    </message>
    <message>
        <source>Neither</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>The other</source>
        <translation>Das andere</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Same hit</source>
        <translation>Gleicher Treffer</translation>
    </message>
    <message>
        <source>Answers by person</source>
        <translation>Antworten nach Person</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Beantwortet</translation>
    </message>
    <message>
        <source>Tested method</source>
        <translation>Geprüftes Verfahren</translation>
    </message>
    <message>
        <source>Another method</source>
        <translation>Ein anderes</translation>
    </message>
    <message>
        <source>Seconds each</source>
        <translation>Sekunden je Antwort</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Es wird gezählt …</translation>
    </message>
    <message>
        <source>Nobody has answered yet</source>
        <translation>Noch niemand hat geantwortet</translation>
    </message>
    <message>
        <source>Answer it here, or save it as a web page and send that to others.</source>
        <translation>Hier antworten, oder die Studie als Webseite sichern und anderen schicken.</translation>
    </message>
    <message>
        <source>Answers as a table (CSV)…</source>
        <translation>Antworten als Tabelle (CSV) …</translation>
    </message>
    <message>
        <source>Answers and results (JSON)…</source>
        <translation>Antworten und Ergebnisse (JSON) …</translation>
    </message>
    <message>
        <source>Chart (SVG)…</source>
        <translation>Diagramm (SVG) …</translation>
    </message>
    <message>
        <source>Save the answers, the chart, or the study</source>
        <translation>Antworten, Diagramm oder Studie sichern</translation>
    </message>
    <message>
        <source>Do people agree?</source>
        <translation>Sind sich die Menschen einig?</translation>
    </message>
    <message>
        <source>Person by person</source>
        <translation>Person für Person</translation>
    </message>
    <message>
        <source>You see a picture and, below it, two others. Say which of the two is closer to it in its logic: what happens, how things relate, what they do, whatever they look like. If neither is closer, say so. There is no right answer, and you do not learn which method found which.</source>
        <translation>Zu sehen sind ein Bild und darunter zwei andere. Welches der beiden ist ihm in der Logik näher: in dem, was geschieht, wie die Dinge zueinander stehen, was sie tun, gleich wie sie aussehen? Ist keines näher, ist auch das eine Antwort. Richtig oder falsch gibt es nicht, und welches Verfahren was gefunden hat, ist nicht zu sehen.</translation>
    </message>
    <message>
        <source>Every answer is kept at once. You may stop at any time and go on later under your name.</source>
        <translation>Jede Antwort ist sofort gesichert. Aufhören ist jederzeit möglich, und unter demselben Namen geht es später weiter.</translation>
    </message>
    <message>
        <source>Your name, or a made-up one</source>
        <translation>Ein Name, auch ein erfundener</translation>
    </message>
    <message>
        <source>Who answers</source>
        <translation>Wer antwortet</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Anfangen</translation>
    </message>
    <message>
        <source>Or go on as</source>
        <translation>Oder weitermachen als</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
</context>
</TS>
