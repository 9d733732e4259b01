# Duty: the same twenty operations as script.mongosh.js, for pymongo; prints what came of each as one line of JSON.
import json
import sys

import pymongo

db = pymongo.MongoClient(sys.argv[1])["services"]
people = db["people"]
told = []
tell = told.append

people.drop()
tell(db.command("ping")["ok"])
tell(people.insert_one({"_id": 1, "name": "a", "n": 1, "tags": ["x"]}).acknowledged)
tell(len(people.insert_many([{"_id": n, "name": str(n), "n": n} for n in (2, 3, 4, 5)]).inserted_ids))
tell(people.count_documents({"n": {"$gte": 2}}))
tell([each["_id"] for each in people.find({"n": {"$gt": 1}}).sort("n", -1).skip(1).limit(2)])
tell(people.find_one({"name": "a"})["tags"])
tell(people.update_one({"_id": 1}, {"$inc": {"n": 10}, "$push": {"tags": "y"}}).modified_count)
tell(people.update_many({"n": {"$lt": 4}}, {"$set": {"low": True}}).matched_count)
tell(1 if people.update_one({"_id": 9}, {"$set": {"n": 9}}, upsert=True).upserted_id == 9 else 0)
tell(people.replace_one({"_id": 5}, {"name": "five", "n": 5}).matched_count)
tell(people.create_index("name", unique=True, sparse=True))
tell(list(people.index_information()))
try:
    people.insert_one({"name": "five"})
    tell(0)
except pymongo.errors.DuplicateKeyError as error:
    tell(error.code)
tell([each["sum"] for each in people.aggregate([{"$group": {"_id": "$low", "sum": {"$sum": "$n"}}}, {"$sort": {"sum": 1}}])])
tell(sorted(people.distinct("name")))
tell(people.find_one_and_update({"_id": 9}, {"$set": {"name": "nine"}}, return_document=pymongo.ReturnDocument.AFTER)["name"])
tell(people.find({"name": "five"}).explain()["queryPlanner"]["winningPlan"]["inputStage"]["stage"])
tell(people.delete_one({"_id": 9}).deleted_count)
tell(people.bulk_write([pymongo.InsertOne({"_id": 7}), pymongo.DeleteMany({"n": {"$lt": 3}})]).deleted_count)
tell(db.list_collection_names())
tell(people.estimated_document_count())
print(json.dumps(told))
