// What a page must be once a browser has laid it out. Each function returns a list of what is wrong.
"use strict";

const shown = (element) => element.getClientRects().length > 0;

function name(element) {
    const where = element.closest("section");
    return `${where ? `#${where.id} ` : ""}<${element.tagName.toLowerCase()}> "${element.textContent.trim().slice(0, 40)}"`;
}

// ---- Nothing but itself

function foreign(page) {
    const wrong = [];
    if (page.scripts.length)
        wrong.push("there is a script");
    for (const entry of page.defaultView.performance.getEntriesByType("resource"))
        wrong.push(`asks for ${entry.name}`);
    for (const element of page.querySelectorAll("*"))
        for (const attribute of element.attributes) {
            const links = ["src", "srcset", "href", "xlink:href", "action", "data", "poster"].includes(attribute.name);
            if (attribute.name.startsWith("on"))
                wrong.push(`${name(element)} has ${attribute.name}`);
            if (links && !attribute.value.startsWith("#") && attribute.value !== "data:,")
                wrong.push(`${name(element)} points to ${attribute.value}`);
        }
    return wrong;
}

function references(page) {
    const wrong = [];
    const ids = Array.from(page.querySelectorAll("[id]"), (element) => element.id);
    for (const id of ids)
        if (ids.indexOf(id) !== ids.lastIndexOf(id))
            wrong.push(`two elements have the id ${id}`);
    for (const element of page.querySelectorAll("*")) {
        const named = ["aria-labelledby", "aria-describedby"].flatMap((attribute) =>
            (element.getAttribute(attribute) || "").split(" ").filter(Boolean));
        const link = element.getAttribute("href") || "";
        const fill = (element.getAttribute("fill") || "").match(/^url\(#(.*)\)$/);
        if (link.startsWith("#"))
            named.push(link.slice(1));
        if (fill)
            named.push(fill[1]);
        for (const id of named)
            if (!page.getElementById(id))
                wrong.push(`${name(element)} refers to ${id}, which there is not`);
    }
    return wrong;
}

// ---- Everything in its place

function sideways(page) {
    const wrong = [];
    const width = page.defaultView.innerWidth;
    if (page.documentElement.scrollWidth > width)
        wrong.push(`is ${page.documentElement.scrollWidth} px wide`);
    for (const element of page.body.querySelectorAll("*")) {
        if (!shown(element) || element.closest(".scroll table") || element.closest("pattern"))
            continue;
        const box = element.getBoundingClientRect();
        if (box.left < -0.5 || box.right > width + 0.5)
            wrong.push(`${name(element)} reaches from ${box.left} to ${box.right}`);
    }
    return wrong;
}

// Letters have some air above and below them in their boxes.
function tight(element) {
    const box = element.getBoundingClientRect();
    return { left: box.left, right: box.right, top: box.top + 3, bottom: box.bottom - 3 };
}

function overlaps(page) {
    const wrong = [];
    for (const chart of page.querySelectorAll("figure > svg")) {
        const frame = chart.getBoundingClientRect();
        const texts = Array.from(chart.querySelectorAll("text")).filter(shown);
        const boxes = texts.map(tight);
        boxes.forEach((a, i) => {
            if (a.top < frame.top || a.bottom > frame.bottom)
                wrong.push(`${name(texts[i])} leaves its chart`);
            for (let j = i + 1; j < boxes.length; j++) {
                const b = boxes[j];
                if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
                    wrong.push(`${name(texts[i])} and ${name(texts[j])} overlap`);
            }
        });
    }
    return wrong;
}

// ---- Contrast as WCAG 2 has it: 4.5 for text, 3 for what is drawn

function luminance(color) {
    const channels = color.match(/[\d.]+/g).slice(0, 3).map((value) => {
        const part = Number(value) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
}

function ground(element) {
    for (let at = element; at; at = at.parentElement) {
        const color = getComputedStyle(at).backgroundColor;
        if (color !== "rgba(0, 0, 0, 0)")
            return color;
    }
    return "rgb(255, 255, 255)";
}

function pale(page) {
    const wrong = new Set();
    for (const element of page.body.querySelectorAll("*")) {
        const style = getComputedStyle(element);
        const drawn = element.matches("svg text, rect.prior, rect.bar:not(.part)");
        const line = element.matches(".mark, .part, .base");
        const text = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
        if (!shown(element) || (!drawn && !line && !text))
            continue;
        const pair = [line ? style.stroke : drawn ? style.fill : style.color, ground(element)].map(luminance);
        const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
        if (contrast < (element.matches("rect, line, path") ? 3 : 4.5))
            wrong.add(`${element.tagName}.${element.getAttribute("class")} has a contrast of ${contrast.toFixed(2)}`);
    }
    return Array.from(wrong);
}

// ---- One page after the other

const asked = new URLSearchParams(location.search);
const frame = document.getElementById("frame");
const report = document.getElementById("report");
const pages = asked.getAll("page");
let current = 0;

frame.style.width = `${asked.get("width")}px`;
frame.onload = () => {
    const page = frame.contentDocument;
    if (page.URL === "about:blank")
        return;
    const wrong = [foreign, references, sideways, overlaps, pale].flatMap((check) => check(page));
    for (const what of wrong)
        report.textContent += `WRONG ${pages[current]} at ${asked.get("width")} px: ${what}\n`;
    report.textContent += `LOOKED AT ${pages[current]}: height ${page.documentElement.scrollHeight}\n`;
    if (++current < pages.length) {
        frame.src = pages[current];
    } else {
        frame.style.height = `${page.documentElement.scrollHeight}px`;
        report.hidden = true;
    }
};
frame.src = pages[0];
