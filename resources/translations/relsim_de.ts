<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name />
    <message>
        <source>Not there now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Picture (PNG)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Document (PDF)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Web page (HTML)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Folder of copies</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Relation to the others {score}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} is too slow: save the picture from the browser and drop the file</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} has no such picture ({status}): the link is out of date</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} does not hand the picture out ({status}): save it from the browser and drop the file</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>That link leads to a page of {host}, not to a picture: open it, and drag the picture itself</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The picture at {host} is larger than {size}: save it and drop the file</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Landscape</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Portrait</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Square</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Black</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Grey</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>White</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Brown</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Red</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Orange</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Yellow</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Green</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Teal</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Blue</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Purple</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pink</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Since {date}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Until {date}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Any score</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{passed} of {of} pictures pass</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Removed {folder} from the library; its files are untouched. Ctrl+Z brings it back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>removing {folder}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{folder} has been forgotten meanwhile, and is not there to be added again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Its pictures are found in {folder} now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>moving {folder}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>changing what is left out</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n picture(s) found</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>{n} indexed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{n} waiting</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{n} failed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{n} offline</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{n} skipped</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Offline: not there now. Nothing is lost; it is noticed when it comes back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There, not watched: look for changes yourself</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There, watched: changes are noticed at once</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There, looked through every minute: {reason}</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n picture(s) disappeared from here at once. Nothing is forgotten: they come back with their files. Is a drive missing, or has a part of the folder moved?</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Line {line}: “{text}” is not a pattern</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hides {hidden} of {of} pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The database has problems; see below</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The numbers do not add up just now: pictures are being indexed</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>Everything adds up; %n file(s) could not be read</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Everything adds up; a folder is not there now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Everything adds up</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{n} found</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n different picture(s) among the indexed files</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>{n} of them can be filtered so far</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{done} of {of} by {model} ({preparation})</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Every picture is compared: exact, and fast enough for a library of this size</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A graph (HNSW): much faster than comparing every picture, and nearly exact</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Measuring…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Measuring: {done} of {of} questions</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not measured yet: how many of the true ten nearest the index finds</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{percent}% of the true ten nearest are found</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>None: a library of this size needs none</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{size}, rebuilt if it is missing</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n copy(ies) from before the library was brought to a newer format</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>{size} are free now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>, a file is missing</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source> (missing)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Relation {relation}, look {look}, by {model}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>not indexed yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>indexed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>could not be read</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>not there now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>relational similarity by {model} {score}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>relational similarity {score}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The two {look} (attribute similarity {score})</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n near-identical picture(s) collapsed</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>{relation}: closer than {share} of this library’s pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>not available: {reason}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Relation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>By logic</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Look</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>By look</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Caption</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Relation {score}, {rank} of {of} by logic</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Look {score}, {rank} of {of} by look</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Step {number}: {name}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Good analogy</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Only looks alike</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No analogy</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Your verdict</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Only two pictures of the library can be judged: add this one to it first</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Only pictures that are indexed can be put on a board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pick a picture first</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>taking a verdict back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>new board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>deleting a board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>renaming a board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>adding to a board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>removing from a board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>writing a note</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>arranging a board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>merging boards</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>moving to another board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Merged “{source}” into “{target}”; Ctrl+Z undoes it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Moved from “{source}” to “{target}”; Ctrl+Z undoes it</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be put on the board: not readable as pictures</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them is/are not in the library yet</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %n picture(s) on “{board}”</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>Took %n picture(s) off “{board}”; Ctrl+Z undoes it</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Renamed “{before}” to “{after}”</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>“{board}” holds that already</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Deleted the board “{board}”; Ctrl+Z undoes it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Made the board “{board}”</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>Put %n picture(s) on the new board “{board}”</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not there now</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>%n board(s)</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>%n good analogy/analogies</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Left out, with fewer than two pictures that are there now: {names}.</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>Exported %n group(s)</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>{pictures}: {number} in groups</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n left alone</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) from {source}</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Not in the library now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{name}, not there now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Its folder has left the library; add the folder again to see it here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reading the library</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Looking for groups</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Joining what is alike</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choosing the number of groups</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sorting the pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Naming the groups</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drawing the map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Unnamed group {number}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No clear group</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>No caption fits this group well</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Named in your words</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Named by what a captioner wrote of most of it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Named from the caption bank, confident ({share})</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Named from the caption bank, fairly sure ({share})</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%Ln group(s)</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>{count} in no clear group</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{count} new since</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Starting</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Exported {groups} groups of {pictures} pictures to {file}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>; {count} are offline</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No clear relation in common</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The walk ends where it begins: nothing near looks different enough</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>the weakest link is number {number}: {score}</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%Ln link(s) are hardly more related than any two pictures</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Small model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Base model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Large model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Captioner</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Downloading</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copying</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Removing</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{} of memory</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{} in 8 bits</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{} in 4 bits</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Comes with {model}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Comes with the program</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Needs {models}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Installed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source> and </source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{part} downloaded</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not installed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{size} on this computer</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Download of about {size}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>, with its base {size}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>needs {memory}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>, or </source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{licence}: non-commercial use only</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>From {host}:</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{title}, about {size}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{repository}, licence {licence}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>In all about {size}, of which {here} are here already.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>In all about {size}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{models} may be used for non-commercial purposes only ({licence}).</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{size} are free.</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>{model}: {number} of %n picture(s) embedded; until then it re-ranks {small}’s answers</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{model} is looking…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Without {model}: {why}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Analogies</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Library</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Privacy</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Takes effect when a large model is loaded next.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Light or dark colours, or those of the system.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Of menus, messages and help. Captions of pictures stay English.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Thumbnail size</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How large the pictures of the collection are shown.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Very small</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Small</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Medium</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Large</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Very large</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>File names</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show the name of each file under its picture in the collection.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Surprise</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How much pictures that look alike are held back, so that the unexpected comes first.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Collapse near-identical pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show copies and bursts as one neighbor, with their number.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Learn from verdicts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Let good analogies rise, and let what you have judged to be none sink.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Watch folders</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take in new and changed pictures while the program runs.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Describe pictures by themselves</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Let an installed captioner write captions behind the index. On a processor alone one picture takes a minute or more.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Where a graphics card is</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Always</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Never</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Device of large models</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Where a large model computes. The small one needs no graphics card.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The best that has room</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>NVIDIA graphics card</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Apple graphics</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Processor only</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Keep a large model in memory</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>After this long without a question it gives its memory back.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>min</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Takes effect when a model is chosen, or at the next start.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fetch dropped links</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fetch the picture behind a link that you drop or paste. The site then sees you.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Location of this library</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Folders and exclusions</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Which folders belong to the library, and what is left out.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Folders…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Models of this computer</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Download, import, choose and remove models.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Models…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What is never sent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Your pictures, their names, your questions, captions, verdicts and boards never leave this computer. There are no accounts, no statistics and no reports of crashes. The network is used only when you download a model, or drop a link.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All shortcuts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Every key of the program in one list.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tour</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A few minutes through finding, judging and collecting.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take the tour</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No clear relation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What is found below is merely the nearest to it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Alike in showing no clear relation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>In your words</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Too few pictures to place it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scanning</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Indexing</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Describing</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Checking</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Asking the hub</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Writing</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Measuring</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sorting</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reading vectors</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Comparing</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Strongly related</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Clearly related</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Loosely related</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hardly related</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>look nearly identical</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>look much alike</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>look somewhat alike</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>look little alike</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>look nothing alike</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Confident</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fairly sure</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A guess</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{word} ({share}%)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Written by {writer}, pinned</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Written by {writer}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>From the caption bank, {sure}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>a captioner</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>top {share}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fits better than {share} of this library</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{relation}: closer than {share} of this library’s pairs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There are too few pictures yet to say how close in logic that is</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>In logic they are closer than {share} of this library’s pairs</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>a few seconds</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>about {number} s</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>about {number} min</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>about {number} h</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{number} images/s</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{time} left</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>Described %n picture(s)</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>Up to date: %n picture(s)</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>%n indexed</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reused</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>No pictures found</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>{percent}%</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no other way of so many steps</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>removing %n comparison(s)</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>A brace has no partner: a slot is written {Like this}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It names {words} outside a slot: write a slot such as {Object} instead</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It has more than {most} words: say only what all the pictures share</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It has no slot, such as {Subject}, for what differs from picture to picture</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>A matrix has {most} pictures at most: %n left out</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Stopped. “Score again” goes on.</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n picture(s) could not be read: {name}</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>There are no pictures among these files</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pasted picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no caption yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>An empty caption cannot be accepted: press E to write one, or R to reject the group</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>An empty caption cannot be accepted: write one, or press Escape</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A group needs two pictures at least: press R to reject it instead</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose the picture to take out first: press its number, or Tab</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Every group is decided</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is nothing to undo</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is nothing to redo</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Proposed by a program</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Seed group</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>From a board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>From verdicts on pairs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not decided</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Accepted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rejected</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>unseen</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>accepted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>rejected</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{concern}. {key} once more accepts it as it is</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Group {number} of {all}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{accepted} accepted, {rejected} rejected, {unseen} to go</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There are no groups in this file</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Whatever wrote it has found none.</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>This is the end, and %n group(s) is/are not decided yet</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Press U to go to the next of them, or P to go back.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{accepted} accepted, {rejected} rejected; all of it is in the file. Press P to go back.</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>All %n group(s) are decided</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Undone: group {number} was {change}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Done again: group {number} is {change}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>short of a picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>edited and {verdict}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Took out {name}; Ctrl+Z brings it back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not saved: {name} was changed by another program</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not saved: {why}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Before: {caption}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no caption</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Collapse near-identical</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Surprise: from the most related pictures to related ones that look nothing alike</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show pictures that look the same only once</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Most related</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Looks nothing alike</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pick a picture to see its analogies</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Click one in the collection, drop one here from anywhere, or paste one. Or describe a relation in words above.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Looking for analogies…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The first question waits for the model.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fetching the picture…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fetch it again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No answer to this one</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>They appear as soon as pictures are indexed.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No neighbors yet</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>Without “{filter}”: %n hit(s)</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>One of these filters is too narrow.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ask for a lower score, or for all of them.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The filters together let no picture through.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No picture that passes is related enough</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No picture passes the filters</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The picture was not fetched</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing was kept of it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Add to the question</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Filters…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Least related first</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Surprise &amp;me</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Learn from your &amp;verdicts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What you called no analogy sinks, and what is near your good ones rises</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Find what these share</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add to the question</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Push away from this</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Collapse what is like it</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>Show the %n picture(s) like it</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Pick a picture first; then narrow its analogies down</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Select a picture to add it to the question</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add to the question (Ctrl+Enter)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Describe a relation; Ctrl+Enter adds it to the question</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Find pictures by a relation in words (Ctrl+F)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Enter asks anew; Ctrl+Enter adds the sentence to the question</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Canvas of the board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Note on the board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What this board is about, for whom, what is missing…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Note on the picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Why it is here, what to take from it…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show in file manager</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Select a picture to note something on it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Selected picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Grid: pictures in their order</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Canvas: pictures lie freely</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tidy up</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tidy up: put the pictures into rows</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show everything</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fit (F)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Notes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Notes, captions and sources</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export this board (Ctrl+E)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rename this board (F2)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Duplicate this board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Delete this board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Boards</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Search boards</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>New board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Order of the boards</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export as groups…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Write all boards and good analogies for the trainer</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rename…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Merge into</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>By name</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Newest first</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Largest first</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pictures of the board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Export board…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is nothing on this board to export yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Only pictures of the library can be on a board. Your files are not touched.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add to library</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Put on “{board}”</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No boards yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A board collects analogies. Press B on a picture, or choose “Add to board” in its menu.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing on this board yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Press B on a picture to put it here, or drag pictures here.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Edit description</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{Subject} growing step by step</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Use automatic description</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Say what is going on without naming the things. Words in braces stand for what differs from picture to picture.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Edit description…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pin</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Write again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Unpin</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Write again ({why})</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>needs a captioner</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>these are your words</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>it is pinned</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take the current picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take the picture that is selected or asked about</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose a picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Paste a picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take the picture away</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>C&amp;hain of analogies</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show your &amp;walk</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Start a chain here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>End a chain here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Chain between these two</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save the chain as a picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no picture on the clipboard</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Saved the chain as {file}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No picture of your walk is in the library</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>End</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Go the other way</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Find chain</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Wander from the start</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Another way</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A chain of other pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save as board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Put the chain on a new board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save as picture…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Paint the chain into a PNG file</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No chain was found</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Looking for a chain</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>From one picture to another</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose a start and an end. Each step of the chain shares a logic with the one before and looks different. Or wander from the start alone.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Steps at most</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Surprise of a walk</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How unlike the pictures of a walk look</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Picture {number} of the chain: {name}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Weakest link</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Relation {relational} · look {attribute}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Put your walk on a board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Find a chain from start to here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Your walk</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Collection</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Thumbnail size (Ctrl++ and Ctrl+−)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Side by side</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Both next to one another (V goes through the views)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Swipe (S)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drag a divider over both, or move it with the arrow keys</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Overlay (O)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>B over A, as opaque as you like</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Blink (F)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A, and B while the space bar is held</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Difference (D)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hold to see B</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Smaller</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Larger</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Larger (+)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How opaque B is</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How opaque B is (arrow keys on the pictures)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How the two differ: black where they are equal (D)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Shows B while it is held; so does the space bar</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All of both pictures (0)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>One pixel of the picture with more pixels on one of the screen (Z)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>One to one</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scored by {model}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Numbers of different models cannot be compared.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>closer than {percent} of pairs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save the scores</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save both as a picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save the history</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Both as a picture (PNG)…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scores of both as a table (CSV)…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>History as a table (CSV)…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save the two, their scores, or the history</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>History and scores by model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{name} is not where it was</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is nothing to save before two pictures are scored</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>pasted picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Compared before</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Compare again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Remove from the history</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Del</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A file is missing</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Score with all models</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stop scoring</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Numbers of different models cannot be compared. The percentile places each.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Each of these is loaded in turn, looks at the two, and is let go of:</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>an unknown amount</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>•  {model}: at least {memory} of memory</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>With a graphics card that takes seconds to a minute, without one minutes.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Score with all models?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>By model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Every installed model scores the two, one after another</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Only the small model is installed; “Models” in the menu “Library” gets others</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Asking {model}…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Waiting for its turn…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Relation {relation} by {model}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>has seen too few pictures here to place it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>look {look}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Swap</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Exchange A and B (Ctrl+T)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Comparing…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How alike are two pictures?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drop, paste or choose one more picture.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drop a picture on each side, or choose them from anywhere.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>These two cannot be compared</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Clear the history</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Clear the history; Ctrl+Z undoes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pairs that you compare are listed here.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take picture {side} away</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose picture {side}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Paste picture {side}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fetching…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Picture {side}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The relational similarity of the two, a cosine: at most 1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The attribute similarity of the two, a cosine: at most 1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A to the left of a divider at {0} percent, B to its right</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How A and B differ; black where they are equal</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>B over A, {0} percent opaque</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Compare with query</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copied {name}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy c&amp;aption</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy as &amp;Markdown</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy as &amp;HTML</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show in file &amp;manager</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copied {count} files</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copied {count} path(s)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy as</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Markdown</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>HTML</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copied the words of {count} picture(s)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Select a picture first</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Verify these groups</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Compare as {name}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add to the library</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Find its analogies</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Find what they share</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Find its analogies instead</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open folder…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Try the sample collection</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>New here? Take the tour</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drop a folder of pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Relsim finds pictures that share a logic although they look nothing alike, and says in one sentence what they share. Everything stays on this computer; your files are never changed.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export “{board}”</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export as</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Arrangement</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Contact sheet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>As on the canvas</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scale</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{n} times</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Paper</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Captions</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scores</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sources</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drawing the preview…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Exported {count} of {all} pictures.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Left out, with a placeholder:</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>and {count} more</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Preview of the first page</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Progress of the export</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Files that could not be read</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy list</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>They are shown, but never found, and not tried again until they change.</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Since</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Taken on this day or later</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Until</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Taken on this day or earlier</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n picture(s) are not measured yet: no format, shape or colour lets them pass</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Minimum score</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hide what is less related than this, among all of this library</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Taken</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Shape</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Colour</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Watch</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Notice changes in this folder while the window is open</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Look for changes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It has moved…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>They are meant to be gone</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Folders</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add a folder to the library</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Where is {folder} now?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add folder…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Look for changes everywhere</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No folders yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add a folder, or drop it anywhere on the window. Your files are never changed.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Folders of this library</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Health</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The report is on the clipboard</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Delete the old copies?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>They were made before the library was brought to a newer format, and are only needed to go back to an older version of Relsim Desktop.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy report</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Measure</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Delete…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Finding</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fingerprint</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Embedded</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Index</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Recall</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>On disk</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Database</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Saved index</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Thumbnails</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Old copies</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Folders</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Looking…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>offline</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>skipped</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Health of this library</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Search the help</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Chapters</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Text of the chapter</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No chapter says that</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Look-alikes of the query</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ask about a picture to see what looks like it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No other picture is indexed yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nearest in look, whatever their logic. A click asks about one.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Map of the library</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Groups of pictures as bubbles; the list beside it holds the same groups</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The library in groups by logic (Ctrl+Shift+M)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show in the map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export as groups</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Groups (*.jsonl)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>That picture is not on the map yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Back to the map (Escape)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Previous group</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Previous group (Ctrl+PgUp)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Next group</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Next group (Ctrl+PgDown)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add all to board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Put every picture of it on a board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Write this group for the trainer</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pictures of the group</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Search the groups</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Order of the groups</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Surest names first</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Groups</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Groups of the map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Make the map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show the whole map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show the whole map (0)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Make anew</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sort the whole library into groups again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Write all groups for the trainer</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Too few alike, or too far from every group</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Making the map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The map could not be made</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing to put on a map yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Index pictures first: open a folder, or drop one on the window.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The map has not been made</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It takes a few seconds.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No groups yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Too few pictures share a logic. Index more of them.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Progress of the map</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n picture(s), each with each</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Compare many in a &amp;matrix</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>Compare these %n in a matrix</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Compare in a matrix ({most} at most)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Table of all pairs (CSV)…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Square table (CSV)…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save the matrix as a picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save all pairs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save the square</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Find analogies of {name}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Compare these two</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Return</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take {name} out</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>matrix of {count} pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add pictures…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Score again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose pictures…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Relation, percentile</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Relation above, look below</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Alike side by side</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>As they came</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What the cells show</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How the pictures are ordered</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save the matrix as a picture or a table</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Matrix</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>These cannot be scored</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scoring…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>One more picture, please</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Compare many pictures with one another</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drop up to {most} here, or select some in the collection and choose “Compare in a matrix” in their menu.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drop to add to the matrix</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Look at the two closely (Return)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Relation {score}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Look {score}: they {words}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take this picture out (Delete)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Download…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import from folder…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rank with it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Remove…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ranks now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Is being brought in</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Licence: {licence}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Discard…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Progress of {title}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read the licence of {title}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Get more…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model: {model} ({share})  ▾</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model: {model}  ▾</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model that ranks: {model}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The model that ranks pictures; choose another</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Download {title}?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Download</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Folder that holds {title}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{size} become free. </source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A later download begins anew.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Vectors and captions that it made stay in your libraries.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{free} free in {place}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>relsim-mini is always there. Larger models see more, and want a graphics card.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Neighbors</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Collapse them again (Space)</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>Show the %n picture(s) like it (Space)</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>In {folder}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{where}, built on {base}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take off the list</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Your own</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add a model from a folder…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Which base model?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{model} does not say which Qwen2.5-VL it is built on, or that is not on this computer. Choose the folder that holds it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose its folder…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Base model of {model}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>taking {model} off the list</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Command palette</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What would you like to do?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Commands</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing like that</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Command palette…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The library is not open yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing to undo here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing to do again here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No earlier question</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No later question</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not possible now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Recent question</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Setting</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It is not there now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There are no pictures in this folder</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Find analogies</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open file</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy path</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy paths</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Se&amp;ttings</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>restoring {setting}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{folder}. Start the program with --library FOLDER to open another one.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Search the settings</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No setting like that</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Escape shows all of them.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Restore the default of {setting}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How likely it is that this sentence names the picture’s relation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Edit description (F2)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>More on this description</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Back (Alt+Left)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Forward</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Forward (Alt+Right)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Relation in words</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Asked together</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Writing…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Away from {title}; ask for it instead</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Towards {title}; push away from it instead</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Weight of {title}: {weight}; change it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take {title} out of the question</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What these pictures share</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Which relation do you mean?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Type one…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Type the relation that you mean</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Say in your own words which relation you mean</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>e.g. {Subject} growing step by step</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The relation that you mean</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{confidence} likely</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What is left out</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Leave these out</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Discard changes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>One pattern a line, as in a .gitignore file; files named .relsimignore inside folders count too. What is left out is not deleted, and comes back at once when the pattern goes.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Left out</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Saved</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Saved {name}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It is in {folder}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Leave a page, close a box</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Escape</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Command palette, too</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Next and previous control</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Move among pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Arrow keys</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Find the analogies of a neighbor</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Select several pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ctrl+Click, Shift+Arrow keys</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Judge a neighbor: good analogy, only looks alike, no analogy</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Put a picture on the board that was used last</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take a picture off a board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Search the shortcuts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add to board…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export CSV…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export PNG…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Two selected pictures, or one with the query</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The selected pictures as a table, or all of them</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What is shown, as a picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Click, or drag with Shift, to select. Double-click asks.</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n picture(s) selected</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export as PNG</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Wrote {file}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Similarity space</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>Copied %n path(s)</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Move: drag to move what is shown</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rectangle: drag to select</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Lasso: draw around what to select</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Back away (−)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show all (0)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Percentiles</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The same pictures as a table</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Let the axes say which share of the library’s pairs is less alike, not cosines</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pictures of the similarity space</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Similarity space of {name}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Then its neighbors lie here by logic and by look. A sentence has no look.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ask about a picture first</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Placing the library around it…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add pictures to the library; they appear here as soon as they are indexed.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No other picture is indexed yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The {shown} most interesting of {of} pictures, relation scored by {model}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The pictures cannot be placed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Look: alike to the right →</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Relation: closer upwards →</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>↖ Same logic, looks different</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Same logic, same look ↗</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>↙ Other logic, looks different</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Other logic, same look ↘</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show which files could not be read, and why</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show the models of this computer</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n more folder(s) waiting</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Download of {title}{share}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{model} is not used</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Indexing cancelled; what is done so far stays</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Without a graphics card a caption takes a minute or more: pictures are described once you choose Library › Describe pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Loading the model…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Describing stopped; what is written so far stays</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The model could not be loaded</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Filters</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Narrow the answers down (Ctrl+Shift+F)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>More on the order of the answers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Filters · {count}</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>Filters, %n set</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Least related first</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Remove “{text}”</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take the &amp;tour</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Step {number} of {all}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>That was the tour. F1 opens the help at any time</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Leave the tour</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Start with pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Press “Try the sample collection”. Its pictures are read once and stay where they are; you can watch them light up.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ask about a picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Click a picture, or go to it with the arrow keys. At the right are its analogies: pictures that share its logic. The sentence above says which.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Turn up the surprise</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Move this slider to the right: what looks like your picture steps back, and what looks nothing like it comes forward.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Say which relation you mean</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>One picture holds several relations. Choose one here, and the answers follow it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Judge what you see</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rest the mouse on a neighbor and press one of the marks; or go to it with the arrow keys and press 1 for a good analogy, 2 if it only looks alike, 3 if it is none. The program remembers, and learns from it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Collect on a board</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Press B on a picture to put it on a board. Boards are arranged, noted and exported; they open here.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Compare two pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Select two pictures with Ctrl+Click and press this button: it says how close they are in logic, and how alike they look.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Judged pairs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All &amp;verdicts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reading the verdicts…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take back what is selected (Del)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No verdict of this kind</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Find the analogies of a picture, and press 1, 2 or 3 on what you see.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No verdicts yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The verdicts cannot be read</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Verdicts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All verdicts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Groups (*.jsonl);;All files (*)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Verify groups</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Close without saving the last decisions?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{name} was changed by another program</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read it again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reading it again takes what the other program has written, and repeats your decisions that are not saved yet on groups that it has left alone. Writing over it keeps everything as you see it here.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Write over it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Keys 1 to 9, or Tab, choose a picture. Space is Next as well.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Words in braces stand for what differs from picture to picture; { puts what is selected in braces.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Accept</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reject</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Previous</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Next undecided</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take out picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save and accept</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Give up</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Esc</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Picture {number} of {all}: {name}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose what to keep…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Key: {key}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose another file…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Opening {name}…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>These groups cannot be verified</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Query: {a}. Match: {b}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Query</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Match</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Similarity space</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Why this match</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Why the chosen neighbor matches (Ctrl+I)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Similarity space of the query…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Close “Why this match”</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Close (Ctrl+I)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Why this match</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Shared relation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How close</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What the slots may be</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Then this says why its neighbors match. A sentence has neither look nor rank.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No match to explain yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Comparing the two…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No relation in common</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{a} stands for {b}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Library</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Analogies</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Open folder…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open &amp;pictures…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open &amp;sample collection</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Verify groups…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Query from &amp;clipboard</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Describe a relation…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>B&amp;rowse</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Compare two pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Swap A and B</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>B&amp;oards</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>E&amp;xport as groups…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Look for &amp;changes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Describe pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Edit description…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Larger thumbnails</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>S&amp;maller thumbnails</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show file &amp;names</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;About Relsim Desktop</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open folder (Ctrl+O)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Browse</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Collection and analogies (Ctrl+1)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Compare two pictures side by side (Ctrl+D)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Your collections of analogies (Ctrl+B)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>st</source>
        <comment>ending of the ordinal number 1st, 21st</comment>
        <translation type="unfinished" />
    </message>
    <message>
        <source>nd</source>
        <comment>ending of the ordinal number 2nd, 22nd</comment>
        <translation type="unfinished" />
    </message>
    <message>
        <source>rd</source>
        <comment>ending of the ordinal number 3rd, 23rd</comment>
        <translation type="unfinished" />
    </message>
    <message>
        <source>th</source>
        <comment>ending of an ordinal number such as 4th</comment>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Closest of {of} by logic</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{rank} closest of {of} by logic</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Closest of {of} by look</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{rank} closest of {of} by look</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Seen from the match, the query is {rank}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>More alike than {share} of this library’s pairs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Both scored by {model}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Relation scored by {logic}, look and shared relation by {look}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The caption bank knows no relation that both clearly show</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>From the caption bank, {sure} likely for both</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Without two captions there are no slots to align</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Aligning the slots… The first time waits for the text encoder</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>One of the captions has no slots to align</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The captions name different relations, so their slots do not line up</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Aligned because both captions word the same relation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Aligned by their names and the words around them; this may err</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>several; each is {what}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{what}, such as {examples}</source>
        <translation type="unfinished" />
    </message>
</context>
</TS>
