// Duty: twenty operations of an ordinary day, for mongosh; prints what came of each as one line of JSON.
// @ts-nocheck: its globals are those of mongosh.
const people = db.getCollection('people');
const told = [];
const tell = (value) => told.push(value);

people.drop();
tell(db.runCommand({ ping: 1 }).ok);
tell(people.insertOne({ _id: 1, name: 'a', n: NumberInt(1), tags: ['x'] }).acknowledged);
tell(
  Object.keys(people.insertMany([2, 3, 4, 5].map((n) => ({ _id: n, name: String(n), n }))).insertedIds)
    .length,
);
tell(people.countDocuments({ n: { $gte: 2 } }));
tell(
  people
    .find({ n: { $gt: 1 } })
    .sort({ n: -1 })
    .skip(1)
    .limit(2)
    .toArray()
    .map((each) => each._id),
);
tell(people.findOne({ name: 'a' }).tags);
tell(people.updateOne({ _id: 1 }, { $inc: { n: 10 }, $push: { tags: 'y' } }).modifiedCount);
tell(people.updateMany({ n: { $lt: 4 } }, { $set: { low: true } }).matchedCount);
tell(people.updateOne({ _id: 9 }, { $set: { n: 9 } }, { upsert: true }).upsertedCount);
tell(people.replaceOne({ _id: 5 }, { name: 'five', n: 5 }).matchedCount);
tell(people.createIndex({ name: 1 }, { unique: true, sparse: true }));
tell(people.getIndexes().map((each) => each.name));
let code = 0;
try {
  people.insertOne({ name: 'five' });
} catch (error) {
  code = error.code;
}
tell(code);
tell(
  people
    .aggregate([{ $group: { _id: '$low', sum: { $sum: '$n' } } }, { $sort: { sum: 1 } }])
    .toArray()
    .map((each) => Number(each.sum)),
);
tell(people.distinct('name').sort());
tell(people.findOneAndUpdate({ _id: 9 }, { $set: { name: 'nine' } }, { returnDocument: 'after' }).name);
tell(people.explain().find({ name: 'five' }).finish().queryPlanner.winningPlan.inputStage.stage);
tell(people.deleteOne({ _id: 9 }).deletedCount);
tell(
  people.bulkWrite([{ insertOne: { document: { _id: 7 } } }, { deleteMany: { filter: { n: { $lt: 3 } } } }])
    .deletedCount,
);
tell(db.getCollectionNames());
tell(people.estimatedDocumentCount());
print(JSON.stringify(told));
